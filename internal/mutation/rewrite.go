package mutation

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// rewriter puts every change of a file into it, each behind its number.
type rewriter struct {
	*pkg
	name    string // the file's
	source  []byte
	skip    []string // as in Options
	first   int      // the number of the file's first mutant
	mutants []Mutant
	edits   []edit
	in      string            // the declaration at hand
	marks   map[ast.Node]mark // what is to know of a node from those around it
}

// edit puts a text in place of what is between two offsets.
type edit struct {
	from, to int
	text     string
}

type mark int

const (
	optional mark = iota + 1 // a statement that can be left out
	argument                 // an argument of a call
	target                   // is no value, or is assigned to: not to change itself
	fixed                    // not to change, with all that is in it
)

// rewrite returns the file with all its changes.
func (r *rewriter) rewrite(f *ast.File) []byte {
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			r.in = d.Name.Name
			if d.Recv != nil {
				r.in = strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*") + "." + r.in
			}
			if d.Body != nil {
				r.walk(d.Body)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR {
					r.in = v.Names[0].Name
					r.walk(v)
				}
			}
		}
	}
	slices.SortStableFunc(r.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out []byte
	at := 0
	for _, e := range r.edits {
		out = append(append(out, r.source[at:e.from]...), e.text...)
		at = e.to
	}
	return append(out, r.source[at:]...)
}

// walk changes what is in the node. What closes a change comes after what closes those within it.
func (r *rewriter) walk(root ast.Node) {
	var closers []edit
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			last := len(closers) - 1
			r.edits = append(r.edits, closers[last])
			closers = closers[:last]
			return false
		}
		e, _ := n.(ast.Expr)
		d, declares := n.(*ast.GenDecl)
		switch {
		case r.marks[n] == fixed, r.info.Types[e].IsType(), declares && d.Tok != token.VAR:
			return false
		case r.info.Types[e].Value != nil:
			r.constant(e) // what it is made of is constant, too
			return false
		}
		r.look(n)
		closers = append(closers, edit{r.offset(n.End()), r.offset(n.End()), r.open(n)})
		return true
	})
}

// look marks what is in the node.
func (r *rewriter) look(n ast.Node) {
	switch n := n.(type) {
	case *ast.BlockStmt:
		r.lookAtList(n.List)
	case *ast.CaseClause:
		r.lookAtList(n.Body)
	case *ast.CommClause:
		r.lookAtList(n.Body)
	case *ast.ExprStmt:
		r.marks[n.X] = target
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			r.marks[left] = target
		}
	case *ast.IncDecStmt:
		r.marks[n.X] = target
	case *ast.RangeStmt:
		r.marks[n.Key], r.marks[n.Value] = target, target
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			r.marks[n.X] = target
		}
	case *ast.SelectorExpr:
		r.marks[n.Sel] = fixed
	case *ast.CallExpr:
		for _, arg := range n.Args {
			r.marks[arg] = argument
		}
	case *ast.CompositeLit:
		r.lookAtFields(n)
	}
}

// lookAtList marks the statements without which the program is one still.
func (r *rewriter) lookAtList(statements []ast.Stmt) {
	for _, s := range statements {
		switch n := s.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				r.marks[s] = optional
			}
		case *ast.IncDecStmt:
			r.marks[s] = optional
		case *ast.ExprStmt:
			if !strings.HasPrefix(r.text(s), "panic(") {
				r.marks[s] = optional
			}
		}
	}
}

// lookAtFields marks the keys of lists and structs, and what to skip.
func (r *rewriter) lookAtFields(literal *ast.CompositeLit) {
	t := r.info.TypeOf(literal)
	name := types.TypeString(t, (*types.Package).Name)
	_, isMap := t.Underlying().(*types.Map)
	for _, element := range literal.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if ok && !isMap {
			r.marks[field.Key] = fixed
		}
		switch {
		case slices.Contains(r.skip, name):
			r.marks[element] = fixed
		case ok && slices.Contains(r.skip, name+"."+r.text(field.Key)):
			r.marks[field.Value] = fixed
		}
	}
}

// open opens the changes of the node and returns what closes them.
func (r *rewriter) open(n ast.Node) (closer string) {
	if r.marks[n] == optional {
		r.insert(n, "if !mutantIs(%d, 1) { ", r.add(n, "nothing"))
		return " }"
	}
	e, ok := n.(ast.Expr)
	if !ok || r.marks[n] == target || !r.is(e, types.IsBoolean) || composed(e) {
		return ""
	}
	r.insert(e, "mutantValue(%d, ", r.add(e, "true", "false"))
	return r.order(e) + ", true, false)"
}

// composed reports whether the expression is made of others, whose changes do.
func composed(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.NOT
	case *ast.BinaryExpr:
		return e.Op == token.LAND || e.Op == token.LOR
	}
	return false
}

// bounds are the operators of order, each with the one that takes the bound in or out.
var bounds = map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}

// order takes the bound of a comparison in or out, unless it is a whole number, whose neighbours do the same.
func (r *rewriter) order(e ast.Expr) (closer string) {
	b, ok := e.(*ast.BinaryExpr)
	if !ok || bounds[b.Op] == "" || r.isNumber(b.X) || r.isNumber(b.Y) {
		return ""
	}
	r.insert(e, "mutantOrder(%d, %q, ", r.add(e, r.text(b.X)+" "+bounds[b.Op]+" "+r.text(b.Y)), b.Op.String())
	at := r.offset(b.OpPos)
	r.edits = append(r.edits, edit{at, at + len(b.Op.String()), ","})
	return ")"
}

// constant puts others in place of a constant. Texts for people stay: they have blanks or verbs.
func (r *rewriter) constant(e ast.Expr) {
	value, source := r.info.Types[e].Value, r.text(e)
	var changes []string
	switch value.Kind() {
	case constant.Bool:
		changes = []string{fmt.Sprint(!constant.BoolVal(value))}
	case constant.String:
		if text := constant.StringVal(value); text == "" || strings.ContainsAny(text, " %") {
			return
		}
		changes = []string{source + ` + "~"`}
	default:
		changes = []string{source + " + 1", source + " - 1"}
		if r.marks[e] == argument { // often a default, for which a neighbour does as well
			changes = []string{source + " + 1000000"}
		}
	}
	t := types.TypeString(types.Default(r.info.TypeOf(e)), func(p *types.Package) string {
		if p.Path() == r.ImportPath {
			return ""
		}
		return p.Name()
	})
	r.insert(e, "mutantValue[%s](%d, ", t, r.add(e, changes...))
	end := r.offset(e.End())
	r.edits = append(r.edits, edit{end, end, ", " + strings.Join(changes, ", ") + ")"})
}

// add numbers changes of a node, and returns the number of the first.
func (r *rewriter) add(n ast.Node, changes ...string) int {
	number := r.first + len(r.mutants)
	for _, change := range changes {
		r.mutants = append(r.mutants, Mutant{
			File: r.name, Line: r.fset.Position(n.Pos()).Line, In: r.in, Source: r.text(n), Change: change,
		})
	}
	return number
}

func (r *rewriter) insert(before ast.Node, format string, args ...any) {
	at := r.offset(before.Pos())
	r.edits = append(r.edits, edit{at, at, fmt.Sprintf(format, args...)})
}

func (r *rewriter) offset(p token.Pos) int { return r.fset.Position(p).Offset }

// text is the node's source, on one line.
func (r *rewriter) text(n ast.Node) string {
	return strings.Join(strings.Fields(string(r.source[r.offset(n.Pos()):r.offset(n.End())])), " ")
}

// is reports whether the expression is a value of a basic type of the kind.
func (r *rewriter) is(e ast.Expr, kind types.BasicInfo) bool {
	t := r.info.Types[e].Type
	if t == nil {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&kind != 0
}

// isNumber reports whether the expression is a constant whole number.
func (r *rewriter) isNumber(e ast.Expr) bool {
	return r.info.Types[e].Value != nil && r.is(e, types.IsInteger)
}
