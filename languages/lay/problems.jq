# How the problems of a descriptor are said, a line each.
def an_object($where): if type == "object" then empty else "\($where): expected an object, got \(tojson)" end;

def only($known; $where):
  keys_unsorted - $known | .[] | "\($where): unknown key \(tojson), expected one of \($known | tojson)";

def matches($pattern; $where):
  if type == "string" and test("\\A(?:\($pattern))\\z") then empty
  else "\($where): expected a string that matches \($pattern), got \(tojson)" end;
