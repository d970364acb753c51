package io.purser.agent.vault;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the agent's distribution is trained with: a store over TLS with three secrets, and a pod's folders beside it. The
 * archive of classes is made from what a run against it needs. Not a test: {@code make-dist.sh} starts it.
 */
final class TrainingStore {

    private static final String CONFIG = """
            {"version": 1,
             "store": {"address": "%s", "tls": {"caFile": "/ca/ca.crt"}},
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
             "refresh": {"interval": "1s"}, "lifecycle": {"overlap": "1s"},
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
     * @param args the directory to work in, and the agent's port; says {@code ready} and ends when its input does
     */
    public static void main(String... args) throws Exception {
        Path directory = Path.of(args[0]);
        for (String folder : new String[] {"secrets", "state", "token", "ca", "templates"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        Certificates certificate = Certificates.signed(directory, "store", "ip:127.0.0.1");
        try (ScriptedStore store = new ScriptedStore(certificate.server(certificate))) {
            script(store);
            Files.writeString(directory.resolve("ca/ca.crt"), certificate.authority());
            Files.writeString(directory.resolve("token/token"), "e30.eyJhdWQiOlsidHJhaW5pbmciXX0.c2ln");
            Files.writeString(directory.resolve("templates/c.tmpl"), TEMPLATE);
            Files.writeString(directory.resolve("config.json"), CONFIG.formatted(store.address(), args[1]));
            System.out.println("ready");
            System.in.readAllBytes();
        }
    }

    private static void script(ScriptedStore store) {
        store.on("POST auth/kubernetes/login", 200, ScriptedStore.LOGIN)
                .on("POST auth/token/renew-self", 200, ScriptedStore.LOGIN)
                .on("POST auth/token/revoke-self", 204, null);
        for (String name : new String[] {"a", "b", "c"}) {
            store.on(
                            "GET sys/internal/ui/mounts/secret/" + name,
                            200,
                            "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}")
                    .on(
                            "GET sys/internal/ui/mounts/secret/data/" + name,
                            200,
                            "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}")
                    .on("GET secret/data/" + name, 200, secret(name));
        }
    }

    private static String secret(String name) {
        return "{\"request_id\":\"r\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":{\"data\":"
                + "{\"user\":\"" + name + "\",\"password\":\"training\",\"host\":\"db.example\"},"
                + "\"metadata\":{\"version\":1,\"created_time\":\"2026-01-01T00:00:00Z\"}},"
                + "\"warnings\":null,\"auth\":null}";
    }
}
