package io.purser.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigSchemaTest {

    private static final String SMALL = """
            {"version": 1, "store": {"address": "https://vault:8200"},
             "auth": {"role": "web", "tokenFile": "/var/run/token"},
             "files": [{"name": "db", "destination": "/purser/secrets/db", "secret": {"path": "secret/db"}}],
             "volumes": ["/purser/secrets"], "stateDirectory": "/purser/state", "listener": {"port": 8282}}
            """;

    @Test
    void whatTheCodecWritesIsValid() throws IOException {
        JsonValue full = Json.parse(AgentConfigJson.write(AgentConfigJsonTest.full()));
        assertThat(Schema.violations(Schema.load(), full)).isEmpty();
        assertThat(Schema.violations(Schema.load(), Json.parse(SMALL))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"version\": 1'|'\"version\": 2'",
                "'\"version\": 1'|'\"version\": 1, \"colour\": true'",
                "'https://vault:8200'|'vault'",
                "'\"https://vault:8200\"'|'\"https://vault:8200\", \"timeout\": \"soon\"'",
                "'\"name\": \"db\"'|'\"name\": \"db\", \"template\": \"x\"'",
                "'\"name\": \"db\"'|'\"name\": \"db\", \"mode\": \"rw\"'",
                "', \"secret\": {\"path\": \"secret/db\"}'|''",
                "'\"/purser/state\"'|'\"state\"'",
                "'8282'|'0'",
                "'8282'|'\"8282\"'",
                "'\"role\": \"web\"'|'\"role\": \"web\", \"method\": \"magic\"'",
            })
    void schemaAndCodecRefuseTheSame(String good, String bad) throws IOException {
        String broken = SMALL.replace(good, bad);
        assertThat(Schema.violations(Schema.load(), Json.parse(broken))).isNotEmpty();
        org.junit.jupiter.api.Assertions.assertThrows(AgentConfigException.class, () -> AgentConfigJson.read(broken));
    }

    @Test
    void schemaAndRecordsHaveTheSameFields() throws IOException {
        JsonObject schema = Schema.load();
        assertThat(properties(schema)).isEqualTo(with(components(AgentConfig.class), "version"));
        assertThat(properties(at(schema, "store"))).isEqualTo(components(StoreConfig.class));
        assertThat(properties(at(schema, "store", "tls"))).isEqualTo(components(TlsConfig.class));
        assertThat(properties(at(schema, "auth"))).isEqualTo(components(AuthConfig.class));
        assertThat(properties(items(schema, "folders"))).isEqualTo(components(TemplateFolder.class));
        assertThat(properties(at(schema, "refresh"))).isEqualTo(components(RefreshConfig.class));
        assertThat(properties(at(schema, "lifecycle"))).isEqualTo(components(LifecycleConfig.class));
        assertThat(properties(at(schema, "listener"))).isEqualTo(components(ListenerConfig.class));
        assertThat(properties(at(schema, "listener", "proxy"))).isEqualTo(components(ListenerConfig.ProxyConfig.class));
        assertThat(properties(at(schema, "log"))).isEqualTo(components(LogConfig.class));
        assertThat(properties(at(schema, "vaultAgent"))).isEqualTo(components(VaultAgentConfig.class));
        Set<String> file = components(FileConfig.class);
        file.remove("source");
        assertThat(properties(items(schema, "files"))).isEqualTo(with(file, "secret", "templateFile", "template"));
    }

    @Test
    void schemaAndCodecHaveTheSameDefaults() throws IOException, AgentConfigException {
        String explicit = SMALL;
        JsonObject schema = Schema.load();
        for (String part : new String[] {"refresh", "lifecycle", "log"}) {
            JsonObject given = defaults(at(schema, part));
            explicit = explicit.replaceFirst("\"volumes\"", "\"" + part + "\": " + given + ", \"volumes\"");
        }
        explicit = explicit.replaceFirst(
                "\"role\"", defaults(at(schema, "auth")).toString().replaceAll("^\\{|}$", "") + ", \"role\"");
        assertThat(AgentConfigJson.write(AgentConfigJson.read(explicit))).isEqualToIgnoringWhitespace(SMALL);
    }

    private static JsonObject defaults(JsonObject schema) {
        JsonObject defaults = new JsonObject();
        for (JsonObject.Member property : schema.get("properties").asObject()) {
            JsonValue value = property.getValue().asObject().get("default");
            if (value != null) {
                defaults.add(property.getName(), value);
            }
        }
        assertThat(defaults).isNotEmpty();
        return defaults;
    }

    private static JsonObject at(JsonObject schema, String... names) {
        JsonObject found = schema;
        for (String name : names) {
            found = found.get("properties").asObject().get(name).asObject();
        }
        return found;
    }

    private static JsonObject items(JsonObject schema, String name) {
        return at(schema, name).get("items").asObject();
    }

    private static Set<String> properties(JsonObject schema) {
        return new TreeSet<>(schema.get("properties").asObject().names());
    }

    private static Set<String> components(Class<?> type) {
        return new TreeSet<>(Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
    }

    private static Set<String> with(Set<String> names, String... more) {
        return new TreeSet<>(Stream.concat(names.stream(), Arrays.stream(more)).toList());
    }
}
