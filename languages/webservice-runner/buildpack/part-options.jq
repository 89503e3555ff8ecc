# What the part webservice-runner may say, each option by what it has to match, and which parts it needs.
def options: { "type": "generic|python" };
def needed: if .type == "python" then "uwsgi" else empty end;
