package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/holdfast-iac/holdfast/policies/packs"
)

func policiesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policies",
		Short: "List and explain policies, and begin new ones",
		Long: `Policies tells what the policy packs of this command require, and why, and begins new packs.

The policies run in 'holdfast rehearse', and in any project by 'pulumi preview --policy-pack FILE' with a pack that was
built by 'go build'.`,
		Example: "  holdfast policies list --severity critical\n" +
			"  holdfast policies explain aws-ec2-vpc-flow-logs\n" +
			"  holdfast policies new aws-ebs-volume-encrypted",
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(policiesListCommand(), policiesExplainCommand(), policiesNewCommand())
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		var names []string
		for _, sub := range cmd.Commands() {
			names = append(names, sub.Name())
		}
		return wrongName("command of holdfast policies", args[0], names)
	}
	return cmd
}

func policiesListCommand() *cobra.Command {
	var f filter
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the policies of the packs",
		Long: `List shows the policies of this command's packs that meet all that is asked for: their ids, how bad a violation is,
what it does unless the pack is configured otherwise (by pack, where packs differ), and the types that they are about.

With --json, it prints a list of what 'holdfast policies explain ID --json' prints for each.`,
		Example: "  holdfast policies list\n" +
			"  holdfast policies list --cloud aws --severity high\n" +
			"  holdfast policies list --framework soc2 --cloud aws\n" +
			"  holdfast policies list --pack security --tag encryption --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			entries, err := catalog(packs.All())
			if err != nil {
				return err
			}
			entries, err = f.apply(entries)
			if err != nil {
				return err
			}
			if asJSON {
				return encode(cmd.OutOrStdout(), entries)
			}
			return renderList(cmd.OutOrStdout(), entries)
		},
	}
	cmd.Flags().StringVar(&f.pack, "pack", "", "only policies of this pack, such as security")
	cmd.Flags().StringVar(&f.framework, "framework", "", "only policies with a control of this framework, such as soc2")
	cmd.Flags().StringVar(&f.cloud, "cloud", "", "only policies on this cloud: aws, azure, digitalocean, gcp, or any")
	cmd.Flags().StringVar(&f.severity, "severity", "", "only policies of this severity: low, medium, high or critical")
	cmd.Flags().StringVar(&f.tag, "tag", "", "only policies with this tag, such as encryption")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the policies as JSON")
	return cmd
}

func policiesExplainCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain ID",
		Short: "Say what a policy requires and why, and how to meet it, configure it and exempt from it",
		Long: `Explain says all that there is to know about a policy.

With --json, it prints an object: id, title, severity, cloud, packs (pack, level), types, everyType (whether it is about
all types), remediates, settings (name, description, default, schema: JSON Schema), controls (short, framework, version,
id), rationale, remediation, example (a program in Go), url, tags, peers (ids of the same check elsewhere). What a policy
does not have is left out where it is a text, and empty where it is a list.`,
		Example: "  holdfast policies explain aws-ec2-no-open-management-ports\n" +
			"  holdfast policies explain exemptions --json",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entries, err := catalog(packs.All())
			if err != nil {
				return err
			}
			found, err := find(entries, args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return encode(cmd.OutOrStdout(), found)
			}
			return renderEntry(cmd.OutOrStdout(), found, time.Now())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the policy as JSON")
	return cmd
}
