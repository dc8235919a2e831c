"use strict";

// The pack tests/testdata/bench-pack, written with Pulumi's Node SDK.

const { PolicyPack, validateResourceOfType } = require("@pulumi/policy");

const types = (process.env.BENCH_TYPES ?? "").split(",");
const policies = [];
for (let i = 0; i < Number(process.env.BENCH_POLICIES); i++) {
    class Resource {}
    Resource.__pulumiType = i % 10 === 0 && types[0] !== "" ? types[(i / 10) % types.length] : `test:index:T${i}`;
    policies.push({
        name: `p${i}`, description: "Groups must be closed and owned.",
        validateResource: validateResourceOfType(Resource, (group, args, report) => {
            for (const rule of group.ingress ?? []) {
                if (rule.fromPort <= 22 && rule.toPort >= 22 && rule.cidrBlocks.includes("0.0.0.0/0")) {
                    report("It is open.");
                }
            }
            if (!group.tags || !("owner" in group.tags)) {
                report("It has no owner.");
            }
        }),
    });
}

new PolicyPack("bench", { policies });
