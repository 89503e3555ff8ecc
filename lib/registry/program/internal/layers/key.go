package layers

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// format is of how layers are written: order, headers, times, compression. What changes one byte of a layer with the same entries is another.
const format = "csb-layer 1"

// keyOf says what is in a layer. Two layers of one key are the same to whoever unpacks them; the same program makes the same bytes of both.
func keyOf(entries []item) string {
	sum := sha256.New()
	fmt.Fprintln(sum, format)
	for _, each := range entries {
		// Quoted, so that no name can stand for two fields.
		fmt.Fprintf(sum, "%q %q %o %d:%d %d %q %q %q %d:%d", each.Path, each.Kind, each.Mode, each.UID, each.GID, each.Size, each.SHA256,
			each.Target, each.sameAs, each.Major, each.Minor)
		for _, name := range slices.Sorted(maps.Keys(each.Xattrs)) {
			fmt.Fprintf(sum, " %q=%q", name, each.Xattrs[name])
		}
		fmt.Fprintln(sum)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
