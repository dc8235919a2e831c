package frameworks

// soc2 are the 61 Trust Services Criteria: TSP Section 100 of the AICPA, 2017, with the points of focus revised in 2022.
// CC are for security, A for availability, C for confidentiality, PI for processing integrity and P for privacy. Ids
// were compared with those of turbot/steampipe-mod-aws-compliance (soc2) and prowler (compliance/aws/soc2_aws.json).
var soc2 = []entry{
	{"CC1.1", "Integrity and ethical conduct", No, "about people"},
	{"CC1.2", "Oversight by an independent board", No, "about the organisation"},
	{"CC1.3", "Structures, reporting lines and responsibilities", Partly, "separate accounts and roles follow them"},
	{"CC1.4", "Competent people are found, trained and kept", No, "about people"},
	{"CC1.5", "People are held to their responsibilities", No, "about people"},

	{"CC2.1", "Controls rest on information of quality", Partly, "logs, audit trails and configuration records are such"},
	{"CC2.2", "Communication inside about goals and duties", No, "about communication"},
	{"CC2.3", "Communication with outsiders about controls", No, "about communication"},

	{"CC3.1", "Goals are clear enough to see what threatens them", No, "about planning"},
	{"CC3.2", "Risks to the goals are found and weighed", Partly, "threat detection and scans feed it"},
	{"CC3.3", "Fraud is among the risks considered", No, "about planning"},
	{"CC3.4", "Changes that affect controls are noticed", Partly, "configuration recording shows those of infrastructure"},

	{"CC4.1", "Controls are evaluated, continually or now and then", Partly, "policies evaluate those in infrastructure"},
	{"CC4.2", "Failings of controls are told to those who must act", Partly, "findings and alarms have routes"},

	{"CC5.1", "Control activities answer the risks", No, "about planning"},
	{"CC5.2", "General controls over technology", Partly, "enforced policies are such controls"},
	{"CC5.3", "Policies and procedures put controls to work", Partly, "policies as code are the technical part"},

	{"CC6.1", "Logical access to information is protected", Yes, "identities, encryption, network limits are settings"},
	{"CC6.2", "Credentials only for those registered and authorised", Partly, "accounts are visible, approvals are not"},
	{"CC6.3", "Access follows roles, least privilege, separated duties", Partly, "grants are visible, duties are not"},
	{"CC6.4", "Physical access to facilities", No, "the cloud provider's, or about places"},
	{"CC6.5", "Data is removed before assets are given up", Partly, "deletion is visible, media are the provider's"},
	{"CC6.6", "Protection against threats from outside the boundary", Yes, "exposure to the internet is a setting"},
	{"CC6.7", "Data in transit and on the move", Partly, "encryption in transit is a setting, removable media are not"},
	{"CC6.8", "Unauthorised or malicious software", Partly, "scans and images are visible, endpoints are not"},

	{"CC7.1", "Changes and new vulnerabilities are detected", Partly, "scanning and configuration recording are settings"},
	{"CC7.2", "Anomalies of systems are watched for", Yes, "logs, metrics, detectors and alarms are resources"},
	{"CC7.3", "Security events are evaluated", Partly, "events have routes, evaluation is work"},
	{"CC7.4", "Response to security incidents", Partly, "automated responses are visible, the programme is not"},
	{"CC7.5", "Recovery from security incidents", Partly, "backups and restore tests are visible"},

	{"CC8.1", "Changes are authorised, tested and approved", Partly, "checks before a deployment are kept, approvals elsewhere"},

	{"CC9.1", "Disruptions are planned for", Partly, "redundancy and backups are visible, plans are not"},
	{"CC9.2", "Vendors and partners are managed", No, "about contracts"},

	{"A1.1", "Capacity is watched and adjusted to demand", Yes, "scaling, metrics and alarms are settings"},
	{"A1.2", "Environment, backups and recovery infrastructure", Partly, "zones and backups are visible, buildings are not"},
	{"A1.3", "Recovery is tested", Partly, "restore tests are resources, exercises are not"},

	{"C1.1", "Confidential information is known and kept", Partly, "labels, encryption and retention are settings"},
	{"C1.2", "Confidential information is disposed of", Partly, "lifecycle rules are settings, decisions are not"},

	{"PI1.1", "What processing must achieve is known", No, "about specifications"},
	{"PI1.2", "Inputs are complete and accurate", No, "about applications"},
	{"PI1.3", "Processing is complete, accurate and timely", Partly, "alarms on failures are visible, the rest is code"},
	{"PI1.4", "Outputs are complete, and reach only the right people", No, "about applications"},
	{"PI1.5", "Stored items are complete and protected", Partly, "encryption, versions and backups are settings"},

	{"P1.1", "People are told about privacy practices", No, "about notices"},
	{"P2.1", "People have choices, and consent is obtained", No, "about consent"},
	{"P3.1", "Only what is needed is collected", No, "about applications"},
	{"P3.2", "Explicit consent before collection where it is required", No, "about consent"},
	{"P4.1", "Personal data serves its purposes only", Partly, "access is visible, purposes are not"},
	{"P4.2", "Personal data is retained as promised", Partly, "retention is a setting, promises are not"},
	{"P4.3", "Personal data is disposed of securely", Partly, "lifecycle rules are settings"},
	{"P5.1", "People can see their data", No, "about applications"},
	{"P5.2", "People can have their data corrected", No, "about applications"},
	{"P6.1", "Disclosure to others with consent only", No, "about agreements"},
	{"P6.2", "Authorised disclosures are recorded", No, "about records"},
	{"P6.3", "Unauthorised disclosures are recorded", Partly, "audit trails show access, not what it means"},
	{"P6.4", "Vendors commit to privacy and are assessed", No, "about contracts"},
	{"P6.5", "Vendors commit to tell of disclosures", No, "about contracts"},
	{"P6.6", "Breaches are notified", No, "about communication"},
	{"P6.7", "People learn on request what is held and disclosed", No, "about applications"},
	{"P7.1", "Personal data is accurate and up to date", No, "about applications"},
	{"P8.1", "Inquiries and complaints are handled, and compliance watched", No, "about people"},
}
