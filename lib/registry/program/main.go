// csb-registry is how the steps of builds speak to a registry: they ask, push, pull, copy, attest and promote with it, and with nothing else.
// It also makes the layers of what is pushed, from a root filesystem (split), which needs no registry and no credentials.
//
// It is configured by the variables REGISTRY_AUTH_FILE (a config.json of docker), REGISTRY_CA_FILE (certificates in PEM, beside the system's)
// and REGISTRY_PLAIN_HTTP (the one registry that has no TLS). It looks at no HOME and at no other program's configuration.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sort"
	"strings"
	"syscall"

	"github.com/google/go-containerregistry/pkg/logs"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// call is what every command is given.
type call struct {
	ctx      context.Context
	settings access.Settings
	args     []string
	stdout   io.Writer
	stderr   io.Writer
}

// command runs with the arguments that follow its name. What it prints on stdout is its answer.
type command struct {
	usage string
	run   func(call) error
}

func main() {
	logs.Warn.SetOutput(io.Discard)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, access.FromEnvironment(), os.Args[1:], os.Stdout, os.Stderr))
}

// exitMayPass is the exit code of what the same again, later, may not meet: EX_TEMPFAIL of sysexits.h. `csb up` then makes the run again by itself.
const exitMayPass = 75

func run(ctx context.Context, settings access.Settings, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 || commands[args[0]].run == nil {
		names := []string{}
		for name := range commands {
			names = append(names, name)
		}
		sort.Strings(names)
		fmt.Fprintf(stderr, "csb-registry: name a command: %s\n", strings.Join(names, ", "))
		return 2
	}
	err := commands[args[0]].run(call{ctx: ctx, settings: settings, args: args[1:], stdout: stdout, stderr: stderr})
	var wrong *misuse
	switch {
	case err == nil:
		return 0
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "csb-registry: %s; usage: csb-registry %s %s\n", err, args[0], commands[args[0]].usage)
		return 2
	}
	fmt.Fprintf(stderr, "csb-registry: %s\n", strings.ReplaceAll(err.Error(), "\n", "; "))
	// Whoever ends the program ends the pod that it is in.
	if ctx.Err() != nil || images.MayPass(err) {
		return exitMayPass
	}
	return 1
}

// misuse is an error of whoever wrote the call.
type misuse struct{ error }

// options are the flags of one command.
type options struct {
	*flag.FlagSet
	// result is a file that gets the answer as well, such as a result of a Tekton task.
	result   *string
	required []string
}

func newOptions(required ...string) *options {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	return &options{FlagSet: set, result: set.String("result", "", ""), required: required}
}

// parse reads flags and arguments, of which there have to be so many.
func (o *options) parse(args []string, count int) error {
	if err := o.Parse(args); err != nil {
		return &misuse{err}
	}
	for _, name := range o.required {
		if o.Lookup(name).Value.String() == "" {
			return &misuse{fmt.Errorf("--%s is missing", name)}
		}
	}
	if count >= 0 && o.NArg() != count {
		return &misuse{fmt.Errorf("%d arguments, expected %d", o.NArg(), count)}
	}
	return nil
}

// answer prints what a command found, and writes it to --result.
func (o *options) answer(c call, text string) error {
	if *o.result != "" {
		if err := files.Write(*o.result, []byte(text)); err != nil {
			return err
		}
	}
	if text == "" {
		return nil
	}
	_, err := fmt.Fprintln(c.stdout, text)
	return err
}
