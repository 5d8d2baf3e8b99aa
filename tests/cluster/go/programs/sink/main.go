// Command sink stands in for the controller's stream (TCP/UDP services) Lua endpoint: it takes
// what is posted there and throws it away. Debian 12 has no stream Lua module, and without a listener
// every sync of the controller would fail and be retried.
package main

import (
	"io"
	"log"
	"net"
	"os"
)

func main() {
	l, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go func() { io.Copy(io.Discard, c); c.Close() }()
	}
}
