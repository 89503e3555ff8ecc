# What the part webservice-python-bootstrap may say, each option by what it has to match, and which parts it needs.
def options: {};
def needed: "python";
