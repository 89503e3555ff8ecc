# What the part python may say, each option by what it has to match, and which parts it needs.
def options: { "version": "3\\.[0-9]{1,2}" };
def needed: empty;
