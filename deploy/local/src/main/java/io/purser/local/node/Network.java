package io.purser.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The pods' network: a bridge, whose own address the API server, the kubelet and the store listen on, and rules that turn
 * a Service's address into that of a pod, as kube-proxy makes them.
 */
final class Network implements AutoCloseable {

    /** The host on the bridge. */
    static final String HOST = "10.77.0.1";

    static final String SERVICES = "10.78.0.0/24";

    private static final String PODS = "10.77.0.0/24";
    private static final String BRIDGE = "purser-node";
    private static final String CHAIN = "PURSER-NODE";

    private final Programs programs;

    private Network(Programs programs) {
        this.programs = programs;
    }

    /** A Service's port, and where its connections go. */
    record Service(String address, int port, List<String> endpoints) {}

    /**
     * Makes the bridge and the configuration of the plugins that put pods on it.
     *
     * @param configuration the folder for the plugins' configuration
     */
    static Network create(Programs programs, Path configuration) throws IOException {
        Network network = new Network(programs);
        network.close(); // what a run that was killed has left
        network.ip("link", "add", BRIDGE, "type", "bridge");
        network.ip("address", "add", HOST + "/24", "dev", BRIDGE);
        network.ip("link", "set", BRIDGE, "up");
        network.ip("route", "add", SERVICES, "dev", BRIDGE);
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
        network.rules("-N", CHAIN);
        for (String hook : List.of("PREROUTING", "OUTPUT")) {
            network.rules("-A", hook, "-d", SERVICES, "-j", CHAIN);
        }
        Files.writeString(configuration.resolve("10-purser.conflist"), """
                {"cniVersion": "0.4.0", "name": "purser-node", "plugins": [
                  {"type": "bridge", "bridge": "%s", "hairpinMode": true,
                   "ipam": {"type": "host-local", "dataDir": "%s",
                            "ranges": [[{"subnet": "%s", "gateway": "%s"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
                """.formatted(
                        BRIDGE, configuration.resolve("addresses"), PODS, HOST));
        return network;
    }

    /** Replaces all rules by those of these Services: each new connection goes to an endpoint by chance. */
    void serve(List<Service> services) {
        rules("-F", CHAIN);
        for (Service service : services) {
            for (int index = 0; index < service.endpoints().size(); index++) {
                List<String> rule = new ArrayList<>(List.of(
                        "-A", CHAIN, "-d", service.address(), "-p", "tcp", "--dport", String.valueOf(service.port())));
                int left = service.endpoints().size() - index;
                if (left > 1) {
                    rule.addAll(List.of("-m", "statistic", "--mode", "random", "--probability"));
                    rule.add(String.format(Locale.ROOT, "%.6f", 1.0 / left));
                }
                rule.addAll(List.of(
                        "-j", "DNAT", "--to-destination", service.endpoints().get(index)));
                rules(rule.toArray(String[]::new));
            }
        }
    }

    private void ip(String... arguments) {
        run("ip", List.of(arguments));
    }

    private void rules(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-w", "-t", "nat"));
        all.addAll(List.of(arguments));
        run("iptables", all);
    }

    private void run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(programs.path(program)));
        command.addAll(arguments);
        Daemon.run(command);
    }

    private void tolerate(Runnable removal) {
        try {
            removal.run();
        } catch (NodeException absent) {
            // it was never made, or is gone
        }
    }

    @Override
    public void close() {
        for (String hook : List.of("PREROUTING", "OUTPUT")) {
            tolerate(() -> rules("-D", hook, "-d", SERVICES, "-j", CHAIN));
        }
        tolerate(() -> rules("-F", CHAIN));
        tolerate(() -> rules("-X", CHAIN));
        tolerate(() -> ip("link", "delete", BRIDGE));
    }
}
