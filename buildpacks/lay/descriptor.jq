# The problems of a descriptor (all documents of the file, slurped), a line each; no line when it is right.
def parts:
  {
    "python": { "version": "3\\.[0-9]{1,2}" },
    "uwsgi": {},
    "webservice-runner": { "type": "generic|python" },
    "webservice-python-bootstrap": {}
  };

def needed($part; $options):
  if $part == "uwsgi" or $part == "webservice-python-bootstrap" then "python"
  elif $part == "webservice-runner" and ($options | type) == "object" and $options.type == "python" then "uwsgi"
  else empty end;

def an_object($where): if type == "object" then empty else "\($where): expected an object, got \(tojson)" end;

def only($known; $where):
  keys_unsorted - $known | .[] | "\($where): unknown key \(tojson), expected one of \($known | tojson)";

def matches($pattern; $where):
  if type == "string" and test("\\A(?:\($pattern))\\z") then empty
  else "\($where): expected a string that matches \($pattern), got \(tojson)" end;

def part_problems($name; $all):
  "parts.\($name)" as $where
  | parts[$name] as $options
  | an_object($where),
    (objects
      | only($options | keys_unsorted; $where),
        (. as $given | $options | to_entries[] | . as $option
          | $given[$option.key] | matches($option.value; "\($where).\($option.key)"))),
    (needed($name; .) | . as $other | select($all | has($other) | not) | "\($where): needs the part \($other | tojson)");

if length != 1 then "expected one JSON document, got \(length)"
else
  .[0]
  | an_object("the descriptor"),
    (objects
      | only(["format", "name", "parts"]; "the descriptor"),
        (if .format == 1 then empty else "format: expected 1, got \(.format | tojson)" end),
        (.name | matches("[a-z0-9]+(-[a-z0-9]+)*"; "name")),
        (.parts
          | an_object("parts"),
            (objects
              | . as $all
              | only(parts | keys_unsorted; "parts"),
                (if length == 0 then "parts: expected at least one of \(parts | keys_unsorted | tojson)" else empty end),
                (to_entries[] | select(.key as $name | parts | has($name)) | .key as $name | .value | part_problems($name; $all)))))
end
