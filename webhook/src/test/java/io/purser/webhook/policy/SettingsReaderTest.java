package io.purser.webhook.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

    private static final String PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    @Test
    void theDefaultsAreValid() {
        assertThat(SettingsReader.read(Map.of()).violations()).isEmpty();
        Settings settings = Settings.defaults();
        assertThat(settings.images().shell()).isEqualTo(settings.images().agent() + "-shell");
        assertThat(settings.resources().memoryLimit()).isNull();
        assertThat(settings.auth().tokenExpiry()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void thePeersVariablesAreCarriedOver() {
        Settings settings = SettingsReader.read(SettingsReader.fromEnvironment(Map.of(
                        "AGENT_INJECT_VAULT_ADDR", "https://vault:8200",
                        "AGENT_INJECT_VAULT_CACERT_BYTES",
                                Base64.getEncoder().encodeToString(PEM.getBytes(StandardCharsets.UTF_8)),
                        "AGENT_INJECT_MEM_LIMIT", "128Mi",
                        "AGENT_INJECT_CPU_LIMIT", "",
                        "AGENT_INJECT_DISABLE_KEEP_ALIVES", "auto-auth, caching",
                        "AGENT_INJECT_RUN_AS_USER", "100")))
                .settings();
        assertThat(settings.store().address()).isEqualTo("https://vault:8200");
        assertThat(settings.store().caPem()).isEqualTo(PEM);
        assertThat(settings.store().disableKeepAlives()).containsExactly("auto-auth", "caching");
        assertThat(settings.resources().memoryLimit()).isEqualTo(Quantity.parse("128Mi"));
        assertThat(settings.resources().cpuLimit())
                .as("an empty variable is none")
                .isNull();
        assertThat(settings.identity().user()).isEqualTo(100);
    }

    @Test
    void ourVariableComesBeforeThePeers() {
        Map<Option, String> options = SettingsReader.fromEnvironment(
                Map.of("AGENT_INJECT_VAULT_ADDR", "https://theirs", "PURSER_STORE_ADDRESS", "https://ours"));
        assertThat(options).isEqualTo(Map.of(Option.STORE_ADDRESS, "https://ours"));
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        SettingsReader.Result result = SettingsReader.read(Map.of(
                Option.RUN_AS_USER, "me",
                Option.STORE_ADDRESS, "vault:8200",
                Option.CPU_LIMIT, "lots",
                Option.TOKEN_EXPIRY, "1m",
                Option.SIDECAR, "naitve",
                Option.CLUSTER_VERSION, "new",
                Option.DEFAULT_TEMPLATE, "toml",
                Option.STORE_CA, "no pem",
                Option.LEASE_RENEWAL_THRESHOLD, "2",
                Option.SET_SECURITY_CONTEXT, "perhaps"));
        assertThat(result.violations())
                .extracting(Violation::annotation)
                .containsExactlyInAnyOrder(
                        "--run-as-user",
                        "--store-address",
                        "--cpu-limit",
                        "--token-expiry",
                        "--sidecar",
                        "--cluster-version",
                        "--default-template",
                        "--store-ca",
                        "--lease-renewal-threshold",
                        "--set-security-context");
    }

    @Test
    void aVersionThatLostItsLastZeroInYamlIsNoVersion() {
        assertThat(SettingsReader.read(Map.of(Option.CLUSTER_VERSION, "1.3")).violations())
                .singleElement()
                .asString()
                .contains("--cluster-version", "\"1.3\" is not valid", "\"1.30\", in quotes");
        assertThat(SettingsReader.read(Map.of(Option.CLUSTER_VERSION, "v1.30.2"))
                        .violations())
                .isEmpty();
    }

    @Test
    void aProxyWithoutASchemeIsAnHttpProxyAndOneThatCannotBeUsedIsRefusedUnquoted() {
        assertThat(SettingsReader.read(Map.of(Option.STORE_PROXY, "10.0.0.1:3128"))
                        .settings()
                        .store()
                        .proxy())
                .isEqualTo("http://10.0.0.1:3128");
        assertThat(SettingsReader.read(Map.of(Option.STORE_PROXY, "socks5://user:password@proxy:1080"))
                        .violations())
                .singleElement()
                .asString()
                .contains("--store-proxy", "it does not begin with")
                .doesNotContain("password");
        assertThat(SettingsReader.read(Map.of(Option.STORE_PROXY, "https://proxy:3129"))
                        .violations())
                .hasSize(1);
    }

    @Test
    void anAuthMethodThatNobodyHasIsRefused() {
        assertThat(SettingsReader.read(Map.of(Option.AUTH_METHOD, "azure")).violations())
                .isEmpty();
        assertThat(SettingsReader.read(Map.of(Option.AUTH_METHOD, "kubernets")).violations())
                .extracting(Violation::annotation)
                .containsExactly("--auth-method");
    }

    @Test
    void noTwoOptionsHaveOneVariable() {
        Set<String> names = new HashSet<>();
        for (Option option : Option.values()) {
            assertThat(names.add(option.variable())).isTrue();
            assertThat(option.peerVariable() == null || names.add(option.peerVariable()))
                    .isTrue();
        }
    }
}
