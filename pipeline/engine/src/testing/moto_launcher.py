"""Runs moto on a loopback port that the kernel chose, prints it as one JSON line, and ends with its parent."""

import json
import os
import socket
import sys
import threading


def end_with_parent():
    """The parent holds the other end of standard input; when it dies in any way, the read returns."""
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(128)
port = listener.getsockname()[1]
os.environ["MOTO_PORT"] = str(port)

from moto.moto_server.werkzeug_app import (  # noqa: E402  (moto reads MOTO_PORT when it is imported)
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402

server = make_server(
    "127.0.0.1",
    port,
    DomainDispatcherApplication(create_backend_app),
    threaded=True,
    request_handler=MotoRequestHandler,
    fd=listener.fileno(),
)
print(json.dumps({"port": port}), flush=True)
server.serve_forever()
