package cluster

import "fmt"

// placeholder answers every request at the port until the cluster is given something to run, so that load balancers find
// the machines of a new platform healthy. Python comes with Amazon Linux 2023; the service runs as a user of its own.
func placeholder(port int) string {
	const program, unit = "/usr/local/lib/holdfast/placeholder.py", "/etc/systemd/system/placeholder.service"
	return cloudConfig{
		WriteFiles: []file{
			{Path: program, Permissions: "0755", Content: placeholderProgram},
			{Path: unit, Permissions: "0644", Content: fmt.Sprintf(placeholderUnit, program, port)},
		},
		RunCmd: [][]string{{"systemctl", "daemon-reload"}, {"systemctl", "enable", "--now", "placeholder"}},
	}.String()
}

const placeholderProgram = `import http.server
import sys


class Placeholder(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"This cluster has nothing to run yet: give it startUp or an image.\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


http.server.ThreadingHTTPServer(("", int(sys.argv[1])), Placeholder).serve_forever()
`

const placeholderUnit = `[Unit]
Description=Placeholder until the cluster has something to run
After=network.target

[Service]
ExecStart=/usr/bin/python3 %s %d
Restart=always
DynamicUser=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE

[Install]
WantedBy=multi-user.target
`
