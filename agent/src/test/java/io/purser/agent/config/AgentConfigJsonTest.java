package io.purser.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigJsonTest {

    private static final String SMALL = """
            {"version": 1, "store": {"address": "https://vault:8200"},
             "auth": {"role": "web", "tokenFile": "/var/run/token"},
             "files": [{"name": "db", "destination": "/purser/secrets/db", "secret": {"path": "secret/db"}}],
             "volumes": ["/purser/secrets"], "stateDirectory": "/purser/state", "listener": {"port": 8282}}
            """;

    @Test
    void aFullConfigurationSurvivesTheWire() throws AgentConfigException {
        assertThat(AgentConfigJson.read(AgentConfigJson.write(full()))).isEqualTo(full());
    }

    @Test
    void defaultsStayOffTheWire() throws AgentConfigException {
        AgentConfig small = AgentConfigJson.read(SMALL);
        assertThat(small.refresh().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(AgentConfigJson.write(small)).isEqualToIgnoringWhitespace(SMALL);
    }

    @Test
    void everyMistakeIsInOneMessage() {
        String broken = """
                {"version": 1, "stor": {}, "store": {"address": "vault", "timeout": "soon", "tls": {"caFile": 7}},
                 "auth": {"method": "kubernetes"},
                 "files": [{"name": "db", "destination": "/etc/passwd", "template": "x", "secret": {"path": "a"}}, 3],
                 "volumes": ["/purser/secrets"], "stateDirectory": "/purser/state", "listener": {"port": "a"}}
                """;
        assertThat(violations(broken))
                .containsExactlyInAnyOrder(
                        "store.tls.caFile must be a string",
                        "store.timeout \"soon\" is not a duration such as \"5m\" or \"1h30m\"",
                        "files[0] must have exactly one of secret, templateFile and template",
                        "files[1] must be an object",
                        "listener.port must be a whole number",
                        "stor is not known; did you mean store?");
    }

    @Test
    void valuesThatCannotBeAreRefusedTogether() {
        String broken = SMALL.replace("https://vault:8200", "vault")
                .replace("/purser/secrets/db\"", "/purser/secrets/../../etc/x\", \"mode\": \"rw\"")
                .replace("\"role\": \"web\", ", "")
                .replace("\"/purser/state\"", "\"/purser/secrets/state\"")
                .replace("8282", "0");
        assertThat(violations(broken))
                .containsExactlyInAnyOrder(
                        "store.address \"vault\" is not a URL such as https://vault.vault.svc:8200",
                        "auth.role is needed for the method kubernetes",
                        "stateDirectory must not lie on a secret volume, which the application can read",
                        "files[0].destination \"/purser/secrets/../../etc/x\" must be an absolute path without . and ..",
                        "files[0].mode \"rw\" is not a file mode such as 0640",
                        "listener.port must be a port between 1 and 65535");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'/purser/secrets/db'|'/etc/db'|files[0].destination /etc/db lies on none of the volumes [/purser/secrets]",
                "'/purser/secrets/db'|'/purser/secrets2/db'|files[0].destination /purser/secrets2/db lies on none of the volumes [/purser/secrets]",
                "'\"version\": 1'|'\"version\": 2'|version 2 is not known to this agent, which reads version 1; use an agent of the webhook's release",
                "'\"version\": 1, '|''|version is missing",
                "'{\"version\"'|'[{\"version\"'|it is not JSON: line 4, column 95",
                "'\"listener\"'|'\"store\": 3, \"listener\"'|store must be an object",
            })
    void eachMistakeIsNamed(String good, String bad, String sentence) {
        assertThat(violations(SMALL.replace(good, bad))).contains(sentence);
    }

    @Test
    void twoFilesOfOneDestinationAreRefused() {
        String twice = SMALL.replace(
                "\"files\": [",
                "\"files\": [{\"name\": \"a\", \"destination\": \"/purser/secrets/db\", \"template\": \"\"}, ");
        assertThat(violations(twice))
                .containsExactly(
                        "files[1].destination /purser/secrets/db is the destination of files[0].destination too");
    }

    @Test
    void endlessNestingIsRefusedUnread() {
        assertThat(violations("[".repeat(100_000))).containsExactly("it is nested deeper than 16 levels");
    }

    /** A template may be of any depth: what is in a text does not count. */
    @Test
    void bracketsInATextAreNoNesting() throws AgentConfigException {
        for (String text : List.of("{".repeat(30), "\"" + "[".repeat(30), "{[".repeat(15) + "\\")) {
            AgentConfig config = AgentConfigJson.read(SMALL.replace("\"web\"", quoted(text)));
            assertThat(config.auth().role()).isEqualTo(text);
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static List<String> violations(String json) {
        AgentConfigException[] thrown = new AgentConfigException[1];
        assertThatThrownBy(() -> AgentConfigJson.read(json))
                .asInstanceOf(type(AgentConfigException.class))
                .satisfies(e -> thrown[0] = e);
        thrown[0].violations().forEach(violation -> assertThat(thrown[0]).hasMessageContaining(violation));
        return thrown[0].violations();
    }

    static AgentConfig full() {
        return new AgentConfig(
                new StoreConfig(
                        "vault",
                        "https://vault:8200",
                        "team",
                        new TlsConfig("PEM", "/ca.pem", "/ca", "vault", true, "/tls/crt", "/tls/key"),
                        "http://proxy:3128",
                        Duration.ofSeconds(7),
                        0),
                new AuthConfig(
                        "jwt",
                        "team/jwt",
                        "web",
                        "/var/run/token",
                        "vault",
                        Map.of("b", "2", "a", "1"),
                        Duration.ofMillis(250),
                        Duration.ofMinutes(90),
                        true,
                        "/purser/secrets/token"),
                List.of(
                        new FileConfig(
                                "db",
                                "/purser/secrets/db",
                                "0400",
                                new FileConfig.SecretSource("db/creds/web", "env"),
                                new Delimiters("<<", ">>"),
                                true,
                                List.of("signal:HUP:nginx"),
                                "reload"),
                        new FileConfig(
                                "t",
                                "/purser/secrets/t",
                                "0644",
                                new FileConfig.TemplateFile("/purser/templates/t", "annotation purser.io/template-t"),
                                Delimiters.DEFAULT,
                                false,
                                List.of(),
                                null),
                        new FileConfig(
                                "i",
                                "/purser/secrets/i",
                                "0644",
                                new FileConfig.InlineTemplate("{{ \"ü\\n\" }}"),
                                Delimiters.DEFAULT,
                                false,
                                List.of(),
                                null)),
                List.of(new TemplateFolder("/purser/web", "ConfigMap web", "/purser/secrets/web", "0600")),
                List.of("/purser/secrets"),
                true,
                "/purser/state",
                new RefreshConfig(Duration.ofSeconds(90), 0.5, "/purser/refresh", false),
                new LifecycleConfig(Duration.ofMinutes(1), false, Duration.ofSeconds(5), Duration.ofSeconds(61), false),
                new ListenerConfig(8282, new ListenerConfig.ProxyConfig(8200, "force", true)),
                new LogConfig("debug", "json"),
                new VaultAgentConfig(
                        "/vault/configs",
                        Map.of("disable_hostname", "true"),
                        3,
                        List.of("caching"),
                        List.of("templating"),
                        true,
                        true));
    }
}
