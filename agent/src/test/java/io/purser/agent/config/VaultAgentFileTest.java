package io.purser.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultAgentFileTest {

    private static final String BASE = """
            {"version": 1, "store": {"address": "https://from-the-webhook:8200"},
             "auth": {"tokenFile": "/var/run/token"}, "volumes": ["/vault/secrets"],
             "stateDirectory": "/purser/state", "listener": {"port": 8282},
             "vaultAgent": {"configDirectory": "/vault/configs"}}
            """;

    private static final String FILE = """
            # what Vault's documentation shows
            "auto_auth" = {
              "method" "kubernetes" {
                mount_path = "auth/team/kubernetes"
                config = {
                  role = "web"   // ours
                }
              }
              sink "file" { config = { path = "/vault/secrets/token", mode = 0600 } }
            }
            exit_after_auth = false
            vault { address = "https://vault:8200", ca_cert = "/vault/tls/ca.crt" }
            template_config { static_secret_render_interval = "90s" }
            /* two files */
            template {
              contents = <<-EOF
                {{ with secret "secret/web" }}
                  {{ .Data.data.v }}
                {{ end }}
                EOF
              destination = "/vault/secrets/web"
              perms = 0640
              left_delimiter  = "{{"
              exec { command = ["kill", "-HUP", "it's"] }
            }
            template {
              source = "/vault/configs/db.tmpl"
              destination = "/vault/secrets/db"
              perms = "0400"
              error_on_missing_key = true
              command = "reload"
            }
            """;

    @Test
    void theFileComesFirstAndTheWebhookFillsIn() throws AgentConfigException {
        AgentConfig config = VaultAgentFile.merge("config.hcl", FILE, AgentConfigJson.read(BASE));
        assertThat(config.store().address()).isEqualTo("https://vault:8200");
        assertThat(config.store().tls().caFile()).isEqualTo("/vault/tls/ca.crt");
        assertThat(config.auth().mount()).isEqualTo("team/kubernetes");
        assertThat(config.auth().role()).isEqualTo("web");
        assertThat(config.auth().tokenFile()).isEqualTo("/var/run/token");
        assertThat(config.auth().sinkFile()).isEqualTo("/vault/secrets/token");
        assertThat(config.refresh().interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.files()).hasSize(2);
        FileConfig web = config.files().get(0);
        assertThat(web.source())
                .isEqualTo(new FileConfig.InlineTemplate(
                        "{{ with secret \"secret/web\" }}\n  {{ .Data.data.v }}\n{{ end }}\n"));
        assertThat(web.mode()).isEqualTo("0640");
        assertThat(web.command()).isEqualTo("'kill' '-HUP' 'it'\\''s'");
        FileConfig db = config.files().get(1);
        assertThat(db.source())
                .isEqualTo(new FileConfig.TemplateFile("/vault/configs/db.tmpl", "/vault/configs/db.tmpl"));
        assertThat(db.mode()).isEqualTo("0400");
        assertThat(db.errorOnMissingKey()).isTrue();
        assertThat(db.command()).isEqualTo("reload");
    }

    @Test
    void otherMethodsKeepTheirParameters() throws AgentConfigException {
        String file = """
                auto_auth { method {
                    type = "approle"
                    config { role_id_file_path = "/a" secret_id_file_path = "/b" remove_secret_id_file_after_reading = false } } }
                """;
        AuthConfig auth =
                VaultAgentFile.merge("f", file, AgentConfigJson.read(BASE)).auth();
        assertThat(auth.method()).isEqualTo("approle");
        assertThat(auth.mount()).isEqualTo("approle");
        assertThat(auth.parameters())
                .isEqualTo(Map.of(
                        "role_id_file_path", "/a",
                        "secret_id_file_path", "/b",
                        "remove_secret_id_file_after_reading", "false"));
    }

    @Test
    void aSecretIdIsRemovedAfterReadingUnlessTheFileSaysOtherwise() throws AgentConfigException {
        String file = "auto_auth { method { type = \"approle\" config { role_id_file_path = \"/a\" } } }";
        AuthConfig auth =
                VaultAgentFile.merge("f", file, AgentConfigJson.read(BASE)).auth();
        assertThat(auth.parameters()).containsEntry(AuthConfig.REMOVE_SECRET_ID, "true");
    }

    @Test
    void anEmptyFileLeavesTheWebhooksConfiguration() throws AgentConfigException {
        AgentConfig base = AgentConfigJson.read(BASE);
        assertThat(VaultAgentFile.merge("f", "# nothing\n", base)).isEqualTo(base);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'vault {'|'f is not HCL: line 1, column 8: a \"}\" is missing'",
                "'vault { address = unquoted }'|'f is not HCL: line 1, column 27: \"unquoted\" is no value; a text needs double quotes'",
                "'a = \"open'|'f is not HCL: line 1, column 5: a text does not end on its line'",
                "'a = <<EOF'|'f is not HCL: line 1, column 5: the text from << does not end with a line of its name'",
                "'}'|'f is not HCL: line 1, column 1: there is a \"}\" too many'",
                "'template { contents = \"x\" destination = \"/etc/x\" }'|'f: files[0].destination /etc/x lies on none of the volumes [/vault/secrets]'",
            })
    void whatIsWrongIsSaidWithItsPlace(String file, String sentence) {
        assertThatThrownBy(() -> VaultAgentFile.merge("f", file, AgentConfigJson.read(BASE)))
                .isInstanceOfSatisfying(AgentConfigException.class, e -> assertThat(e.violations())
                        .isEqualTo(List.of(sentence)));
    }
}
