// as-docker-packs reads what gzip has packed and says how many bytes it takes when Docker packs it: it pushes layers by Go's own gzip, at its default
// level (moby, distribution/push.go).
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
)

type counter struct{ bytes int64 }

func (c *counter) Write(text []byte) (int, error) {
	c.bytes += int64(len(text))
	return len(text), nil
}

func pack(from io.Reader) (int64, error) {
	plain, err := gzip.NewReader(bufio.NewReaderSize(from, 1<<20))
	if err != nil {
		return 0, err
	}
	counted := &counter{}
	packer := gzip.NewWriter(counted)
	if _, err := io.Copy(packer, plain); err != nil {
		return 0, err
	}
	// The end is written by this.
	err = packer.Close()
	return counted.bytes, err
}

func main() {
	bytes, err := pack(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(bytes)
}
