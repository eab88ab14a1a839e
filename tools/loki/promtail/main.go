// Command promtail runs the Promtail package that Loki's module still carries,
// whose own command left the tree with version 3.7.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/grafana/dskit/flagext"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/grafana/loki/v3/clients/pkg/promtail"
	"github.com/grafana/loki/v3/clients/pkg/promtail/client"
	"github.com/grafana/loki/v3/clients/pkg/promtail/config"
	"github.com/grafana/loki/v3/pkg/util/cfg"
	utillog "github.com/grafana/loki/v3/pkg/util/log"
)

// settings is the whole configuration: Promtail's own file and the two flags
// that say where it is and whether ${NAME} in it is read from the environment.
type settings struct {
	config.Config `yaml:",inline"`
	configFile    string
	expandEnv     bool
	checkSyntax   bool
}

func (s *settings) RegisterFlags(flags *flag.FlagSet) {
	flags.StringVar(&s.configFile, "config.file", "", "The configuration file to load.")
	flags.BoolVar(&s.expandEnv, "config.expand-env", false, "Expand ${NAME} in the configuration from the environment.")
	flags.BoolVar(&s.checkSyntax, "check-syntax", false, "Read the configuration, say whether it is valid, and stop.")
	s.Config.RegisterFlags(flags)
}

// Clone gives the flag parser a copy it may write to while it looks for the file.
func (s *settings) Clone() flagext.Registerer {
	copied := *s
	return &copied
}

func load() (*settings, error) {
	loaded := &settings{}
	flags := flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	err := cfg.DefaultUnmarshal(loaded, os.Args[1:], flags)
	return loaded, err
}

func run() error {
	loaded, err := load()
	if err != nil {
		return fmt.Errorf("the configuration cannot be read: %w", err)
	}
	utillog.InitLogger(&loaded.ServerConfig.Config, prometheus.DefaultRegisterer, false)
	loaded.Setup(utillog.Logger)
	metrics := client.NewMetrics(prometheus.DefaultRegisterer)
	reload := func() (*config.Config, error) {
		again, err := load()
		if err != nil {
			return nil, err
		}
		return &again.Config, nil
	}
	shipper, err := promtail.New(loaded.Config, reload, metrics, loaded.checkSyntax)
	if err != nil {
		return fmt.Errorf("promtail cannot start: %w", err)
	}
	if loaded.checkSyntax {
		fmt.Println("the configuration is valid")
		return nil
	}
	defer shipper.Shutdown()
	return shipper.Run()
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
