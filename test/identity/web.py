"""A web server of its own title and name: web.py ADDRESS PORT SERVER TITLE [CERTIFICATE KEY]. With a certificate it speaks TLS."""

import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def handler(server, title):
    body = f"<html><head><title>{title}</title></head><body>here</body></html>".encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response_only(200)
            self.send_header("Server", server)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Page


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    context = None

    def finish_request(self, request, client_address):
        # Here and not at accept: a client that says nothing must not keep the others waiting.
        request.settimeout(20)
        if self.context is not None:
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, *_):
        pass


def main(address, port, server, title, *pair):
    web = Server((address, int(port)), handler(server, title))
    if pair:
        web.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        web.context.load_cert_chain(*pair)
    print("ready", flush=True)
    web.serve_forever()


main(*sys.argv[1:])
