"""A small mail server on this machine: it takes messages, refuses them, or never answers."""

import socketserver
import threading


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.manner == "silent":
            self.server.is_over.wait(30)
            return
        self.says("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "RCPT" and self.server.manner == "refuses":
                self.says("550 nobody of that name")
            elif verb == "DATA":
                self.says("354 go on")
                self.server.messages.append(self.message())
                self.says("250 taken")
            elif verb == "QUIT":
                self.says("221 bye")
                return
            else:
                self.says("250 fine")

    def message(self):
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def says(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`messages` is what was handed over; `manner` is how it behaves."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, manner="takes"):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.manner, self.messages, self.is_over = manner, [], threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def __exit__(self, *_):
        self.is_over.set()
        self.shutdown()
        self.server_close()
