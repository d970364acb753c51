package io.purser.agent.vault;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the agent's distribution is trained with: a store over TLS with three secrets, and a pod's folders beside it. The
 * archive of classes is made from what a run against it needs. Not a test: {@code make-dist.sh} starts it.
 */
final class TrainingStore {

    private static final String CONFIG = """
            {"version": 1,
             "store": {"address": "%s", "tls": {"caFile": "/ca/ca.crt", "serverName": "store.training.svc"}},
             "auth": {"method": "kubernetes", "mount": "kubernetes", "role": "web", "tokenFile": "/token/token"},
             "files": [
               {"name": "a", "destination": "/secrets/a", "secret": {"path": "secret/a", "format": "json"}},
               {"name": "b", "destination": "/secrets/b.env", "secret": {"path": "secret/b", "format": "env"}},
               {"name": "c", "destination": "/secrets/c.conf", "mode": "0640", "templateFile":
                 {"file": "/templates/c.tmpl", "origin": "ConfigMap training"}},
               {"name": "d", "destination": "/secrets/d.yaml", "template":
                 "{{ with secret \\"secret/c\\" }}{{ .Data.data | toYAML }}{{ end }}"}],
             "folders": [{"directory": "/templates", "origin": "ConfigMap training", "destination": "/secrets/all",
               "mode": "0640"}],
             "volumes": ["/secrets"], "stateDirectory": "/state",
             "refresh": {"interval": "1m"}, "lifecycle": {"overlap": "1s"},
             "listener": {"port": %s}}
            """;

    private static final String TEMPLATE = """
            {{- /* what most templates use */ -}}
            {{- with secret "secret/data/c" -}}
            user={{ .Data.data.user }}
            password={{ .Data.data.password | toJSON }}
            {{- range $name, $value := .Data.data }}
            {{ $name | toUpper }}={{ $value | base64Encode | trimSpace }}
            {{- end }}
            {{- end }}
            {{ if eq "a" "b" }}no{{ else }}{{ printf "%s:%d" "host" 5432 }}{{ end }}
            """;

    private TrainingStore() {}

    /**
     * Says {@code ready} and ends when its input does. Each line of it is a length: the secrets get new passwords, of which
     * the one at {@code secret/c} is that long,
     * and it says {@code version} and their number.
     *
     * @param args the directory to work in, the agent's port, and the algorithm of the certificates' keys, {@code EC} (the default) or
     *     {@code RSA}
     */
    public static void main(String... args) throws Exception {
        Path directory = Path.of(args[0]);
        for (String folder : new String[] {"secrets", "state", "token", "ca", "templates"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        Certificates certificate = Certificates.signed(
                directory, "store", args.length > 2 ? args[2] : "EC", "dns:localhost,dns:store.training.svc");
        try (ScriptedStore store = new ScriptedStore(certificate.server(certificate))) {
            script(store);
            Files.writeString(directory.resolve("ca/ca.crt"), certificate.authority());
            Files.writeString(directory.resolve("token/token"), "e30.eyJhdWQiOlsidHJhaW5pbmciXX0.c2ln");
            Files.writeString(directory.resolve("templates/c.tmpl"), TEMPLATE);
            Files.writeString(directory.resolve("config.json"), CONFIG.formatted(named(store.address()), args[1]));
            System.out.println("ready");
            BufferedReader lengths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            int version = 1;
            for (String length = lengths.readLine(); length != null; length = lengths.readLine()) {
                version++;
                rotate(store, version, "password-" + version + "-" + "x".repeat(Integer.parseInt(length)));
                System.out.println("version " + version);
            }
        }
    }

    /** By its name, as stores are in a cluster: it is looked up, sent to the store, and compared with the certificate's. */
    private static String named(String address) {
        return address.replace("127.0.0.1", "localhost");
    }

    private static void script(ScriptedStore store) {
        for (String method : new String[] {"POST", "PUT"}) { // OpenBao's agent, which measure.sh compares, says PUT
            store.on(method + " auth/kubernetes/login", 200, ScriptedStore.LOGIN)
                    .on(method + " auth/token/renew-self", 200, ScriptedStore.LOGIN)
                    .on(method + " auth/token/revoke-self", 204, null);
        }
        for (String name : new String[] {"a", "b", "c"}) {
            store.on(
                            "GET sys/internal/ui/mounts/secret/" + name,
                            200,
                            "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}")
                    .on(
                            "GET sys/internal/ui/mounts/secret/data/" + name,
                            200,
                            "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}")
                    .on("GET secret/data/" + name, 200, secret(name, 1, "training"));
        }
    }

    private static void rotate(ScriptedStore store, int version, String password) {
        store.on("GET secret/data/a", 200, secret("a", version, "password-" + version))
                .on("GET secret/data/b", 200, secret("b", version, "password-" + version))
                .on("GET secret/data/c", 200, secret("c", version, password));
    }

    private static String secret(String name, int version, String password) {
        return "{\"request_id\":\"r\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":{\"data\":"
                + "{\"user\":\"" + name + "\",\"password\":\"" + password + "\",\"host\":\"db.example\"},"
                + "\"metadata\":{\"version\":" + version
                + ",\"created_time\":\"2026-01-01T00:00:00Z\",\"deletion_time\":\"\"}},"
                + "\"warnings\":null,\"auth\":null}";
    }
}
