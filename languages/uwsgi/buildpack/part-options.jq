# What the part uwsgi may say, each option by what it has to match, and which parts it needs.
def options: {};
def needed: "python";
