# The problems of a descriptor (all documents of the file, slurped) but for what its parts say, a line each; no line when it is right.
include "problems";

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
              | (if length == 0 then "parts: expected at least one" else empty end),
                (to_entries[] | .key as $name | .value | an_object("parts.\($name)")))))
end
