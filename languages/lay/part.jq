# The problems of the part $part of a descriptor that is right but for its parts, by the buildpack's own part-options.jq.
include "problems";
include "part-options";

"parts.\($part)" as $where
| .parts as $all
| $all[$part]
| only(options | keys_unsorted; $where),
  (. as $given | options | to_entries[] | . as $option | $given[$option.key] | matches($option.value; "\($where).\($option.key)")),
  (needed | . as $other | select($all | has($other) | not) | "\($where): needs the part \($other | tojson)")
