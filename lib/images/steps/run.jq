# The run of a commit, of what is declared of an image: an @ stands where only the commit tells.
def of_address: sub("@"; $address);
.run
| .metadata.name |= sub("@"; $commit[0:10])
| .metadata.annotations |= map_values(of_address)
| .spec.params |= map(
    if .name == "image" or .name == "layers" then .value |= of_address
    elif .name == "source-commit" then .value = $commit
    else . end)
