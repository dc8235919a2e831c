"use strict";

// The policies of tests/nodepolicies_test.go, written with Pulumi's Node SDK as its users would write them. The argument
// names the pack to serve.

const {
    PolicyPack, remediateResourceOfType, validateResourceOfType, validateStackResourcesOfType,
} = require("@pulumi/policy");

class Thing {}
Thing.__pulumiType = "test:index:Thing";

class Other {}
Other.__pulumiType = "test:index:Other";

// canonical is JSON with sorted keys.
function canonical(v) {
    if (Array.isArray(v)) {
        const items = [];
        for (const item of v) {
            items.push(canonical(item));
        }
        return `[${items.join(",")}]`;
    }
    if (v !== null && typeof v === "object") {
        return `{${Object.keys(v).sort().map(key => `${JSON.stringify(key)}:${canonical(v[key])}`).join(",")}}`;
    }
    return v === undefined ? "null" : JSON.stringify(v);
}

const onThing = (name, description, check, more) =>
    ({ name, description, displayName: description, validateResource: validateResourceOfType(Thing, check), ...more });
const mendThing = (name, description, mend, more) =>
    ({ name, description, displayName: description, remediateResource: remediateResourceOfType(Thing, mend), ...more });
const onStack = (name, description, validateStack) =>
    ({ name, description, displayName: description, validateStack });

const optionsOf = r => canonical({
    protect: r.opts.protect, ignoreChanges: r.opts.ignoreChanges, aliases: r.opts.aliases, parent: r.opts.parent,
    deleteBeforeReplace: r.opts.deleteBeforeReplace, additionalSecretOutputs: r.opts.additionalSecretOutputs,
    timeouts: [r.opts.customTimeouts.createSeconds, r.opts.customTimeouts.updateSeconds, r.opts.customTimeouts.deleteSeconds],
});

const providerOf = r => r.provider === undefined ? "null" : canonical({
    urn: r.provider.urn, type: r.provider.type, name: r.provider.name, region: r.provider.props.region,
});

const limitsSchema = {
    properties: {
        most: { type: "integer", maximum: 100, description: "The most characters.", default: 10 },
        names: { type: "array", items: { type: "string", enum: ["short", "long"] }, default: ["short"] },
        deep: {
            type: "object", additionalProperties: false, default: { on: false, ratio: 0.5 },
            properties: { on: { type: "boolean" }, ratio: { type: "number" } },
        },
    },
};

const resourcePolicies = [
    onThing("value", "Values are told.", (props, args, report) => report(canonical(props.value))),
    onThing("text", "Texts must not be bad.", (props, args, report) => {
        if (props.text === "bad") {
            report(`It is ${props.text}.`);
        }
    }, { severity: "high" }),
    onThing("count", "Counts must be small.", (props, args, report) => {
        if (props.count > 10) {
            report(`It is ${canonical(props.count)}.`);
        }
    }, { severity: "low" }),
    onThing("flag", "Flags must be up.", (props, args, report) => {
        if (!props.flag) {
            report();
        }
    }, { severity: "critical" }),
    onThing("rules", "Ports must be closed.", (props, args, report) => {
        for (const rule of props.rules ?? []) {
            for (const from of rule.from ?? []) {
                if (from === "all" && rule.port < 1024) {
                    report(`Port ${canonical(rule.port)} is open.`);
                }
            }
        }
    }, { severity: "medium" }),
    onThing("each", "Every port must be closed.", (props, args, report) => {
        for (const port of props.ports ?? []) {
            if (port < 1024) {
                report(`Port ${canonical(port)} is open.`);
            }
        }
    }),
    onThing("several", "Many things are wrong.", (props, args, report) => {
        report("First.");
        report("");
        report("Third:\nin two lines.");
    }),
    onThing("present", "Presence is told.", (props, args, report) => report(`${"value" in props}`)),
    onThing("partly", "What is certain comes first.", (props, args, report) => {
        report("This is certain.");
        report(canonical(props.value));
        report("Never reached with an unknown.");
    }, { severity: "high" }),
    onThing("options", "Options are told.", (props, args, report) => report(optionsOf(args))),
    onThing("provider", "Providers are told.", (props, args, report) => report(providerOf(args))),
    onThing("identity", "Resources are told.", (props, args, report) => report(`${args.urn} ${args.type} ${args.name}`)),
    onThing("tags", "Stack tags are told.", (props, args, report) => {
        report(canonical(Object.fromEntries(args.stackTags.entries())));
    }),
    onThing("excused", "Some are excused.", (props, args, report) => {
        if (props.text === "good") {
            args.notApplicable("Good texts are excused.");
        }
        report("It is not excused.");
    }),
    onThing("settings", "Settings are told.", (props, args, report) => report(canonical(args.getConfig())),
        { configSchema: limitsSchema }),
    onThing("throws", "Rules may fail.", () => { throw new Error("on purpose"); }, { severity: "high" }),
    {
        name: "two-types", description: "Two types are told.", displayName: "Two types are told.",
        validateResource: [
            validateResourceOfType(Thing, (props, args, report) => report("a thing")),
            validateResourceOfType(Other, (props, args, report) => report("an other")),
        ],
    },
    {
        name: "two-rules", description: "Two rules tell.", displayName: "Two rules tell.",
        validateResource: [
            validateResourceOfType(Thing, (props, args, report) => report(canonical(props.value))),
            validateResourceOfType(Thing, (props, args, report) => report(`Second: ${canonical(props.value)}`)),
            validateResourceOfType(Thing, (props, args, report) => report("Third.")),
        ],
    },
    {
        name: "other", description: "Others are told.", displayName: "Others are told.",
        validateResource: validateResourceOfType(Other, (props, args, report) => report(canonical(props.value))),
    },
];

const remediations = [
    mendThing("mend-text", "Texts end in a mark.", props => {
        if (props.text !== undefined && !props.text.endsWith("!")) {
            props.text = props.text + "!";
            return props;
        }
    }),
    mendThing("mend-copy", "Copies are kept.", props => {
        props.copy = `copy of ${props.text ?? ""}`;
        return props;
    }),
    mendThing("mend-deep", "Deep things are named.", props => {
        if (props.deep === undefined) {
            props.deep = {};
        }
        props.deep.name = "deep";
        return props;
    }),
    mendThing("mend-first", "First items are named.", props => {
        if (props.rules !== undefined && props.rules.length > 0) {
            props.rules[0].name = "first";
            return props;
        }
    }),
    mendThing("mend-value", "Values are replaced.", props => {
        props.value = { kind: "new", list: [1, true, null, "x"] };
        return props;
    }),
    mendThing("mend-null", "Values are cleared.", props => {
        props.value = null;
        return props;
    }),
    mendThing("mend-known", "Only what is known is mended.", props => {
        if (props.value != null) {
            props.text = `value ${canonical(props.value)}`;
            return props;
        }
    }),
    mendThing("mend-partly", "Mended before it is known.", props => {
        props.text = "partly mended";
        props.copy = canonical(props.value);
        return props;
    }),
    mendThing("mend-excused", "Some are excused.", (props, args) => {
        if (props.text === "good") {
            args.notApplicable("Good texts are excused.");
        }
        props.text = "excused no more";
        return props;
    }),
    mendThing("mend-throws", "Remediations may fail.", () => { throw new Error("on purpose"); }),
    mendThing("mend-both", "Mended or told.", props => {
        if (!("flag" in props)) {
            props.flag = true;
            return props;
        }
    }, {
        validateResource: validateResourceOfType(Thing, (props, args, report) => {
            if (!props.flag) {
                report("There is no flag.");
            }
        }),
    }),
    {
        name: "mend-other", description: "Others are mended.", displayName: "Others are mended.",
        remediateResource: remediateResourceOfType(Other, props => {
            props.text = "mended";
            return props;
        }),
    },
];

const names = resources => resources.map(r => r.name);

const stackPolicies = [
    onStack("graph", "Graphs are told.", (args, report) => {
        for (const r of args.resources) {
            const { a, b } = r.propertyDependencies;
            report(canonical({
                type: r.type, name: r.name, parent: r.parent?.name, dependencies: names(r.dependencies),
                a: names(a ?? []), b: names(b ?? []),
            }), r.urn);
        }
    }),
    onStack("surroundings", "Surroundings are told.", (args, report) => {
        for (const r of args.resources) {
            report(`${optionsOf(r)} ${providerOf(r)}`, r.urn);
        }
        report(canonical(Object.fromEntries(args.stackTags.entries())));
    }),
    onStack("texts", "Texts must not be bad.", validateStackResourcesOfType(Thing, (things, args, report) => {
        things.forEach((thing, i) => {
            if (thing.text === "bad") {
                report(`It is ${thing.text}.`, args.resources[i].urn);
            }
        });
    })),
    onStack("values", "Values are told.", (args, report) => {
        for (const r of args.resources) {
            if (r.isType(Thing)) {
                report(canonical(r.props.value), r.urn);
            }
        }
    }),
    onStack("referred", "Things must be referred to.", (args, report) => {
        const things = args.resources.filter(r => r.isType(Thing));
        const others = args.resources.filter(r => r.isType(Other));
        for (const thing of things) {
            if (!others.some(o => (o.propertyDependencies.a ?? []).includes(thing))) {
                report("Nothing refers to it.", thing.urn);
            }
        }
    }),
    onStack("counted", "Things are counted.", (args, report) => {
        report(`${args.resources.filter(r => r.isType(Thing)).length} things`);
    }),
    onStack("stack-excused", "Small stacks are excused.", (args, report) => {
        if (args.resources.length < 3) {
            args.notApplicable("Small stacks are excused.");
        }
        report("It is large.");
    }),
    onStack("stack-settings", "Settings are told.", (args, report) => report(canonical(args.getConfig()))),
    onStack("stack-throws", "Stack rules may fail.", () => { throw new Error("on purpose"); }),
];
stackPolicies.find(p => p.name === "stack-settings").configSchema = limitsSchema;

// levelled are policies that tell their level by reporting.
const levelled = ["unset", "advisory", "mandatory", "remediate", "disabled"].map(level => onThing(
    `level-${level}`, `The level is ${level}.`, (props, args, report) => report("It is reported."),
    { enforcementLevel: level === "unset" ? undefined : level }));

const packs = {
    peer: { enforcementLevel: "disabled", policies: [...resourcePolicies, ...remediations, ...stackPolicies] },
    levels: { enforcementLevel: "mandatory", policies: levelled },
    plain: { policies: levelled },
    described: {
        displayName: "Described", description: "A pack with all its metadata.", readme: "# Described\n\nRead me.",
        provider: "test", tags: ["one", "two"], repository: "https://example.com/described", enforcementLevel: "mandatory",
        policies: [{
            ...levelled[0], name: "rich", severity: "medium", tags: ["a", "b", "Frame 2.0 R.1"], url: "https://example.com/rich",
            remediationSteps: "Mend it.", framework: { name: "Frame", version: "2.0", reference: "R.1" },
        }, resourcePolicies.find(p => p.name === "settings"), ...stackPolicies.slice(0, 1)],
        initialConfig: {
            rich: "mandatory", settings: { most: 20 }, graph: { enforcementLevel: "disabled" },
        },
    },
};

const { initialConfig, ...args } = packs[process.argv[2]];
new PolicyPack(process.argv[2], args, initialConfig);
