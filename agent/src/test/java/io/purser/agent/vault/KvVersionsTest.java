package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a KV secret is not read again. */
@Timeout(30)
class KvVersionsTest extends StoreFixture {

    private static final String VERSION_3 = "{\"data\":{\"data\":{\"a\":\"b\"},\"metadata\":{\"version\":3,"
            + "\"created_time\":\"t3\",\"deletion_time\":\"\",\"destroyed\":false,\"custom_metadata\":null}}}";

    private static String metadata(int version, String entry, String custom) {
        return "{\"data\":{\"current_version\":" + version + ",\"custom_metadata\":" + custom + ",\"versions\":{\"3\":{"
                + entry + "}}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 'created_time':'t3','deletion_time':'','destroyed':false  | null        | true",
                "4 | 'created_time':'t3','deletion_time':'','destroyed':false  | null        | false",
                "3 | 'created_time':'t9','deletion_time':'','destroyed':false  | null        | false",
                "3 | 'created_time':'t3','deletion_time':'t4','destroyed':false | null       | false",
                "3 | 'created_time':'t3','deletion_time':'','destroyed':true   | null        | false",
                "3 | 'created_time':'t3','deletion_time':'','destroyed':false  | {'team':'a'} | false"
            },
            quoteCharacter = '~')
    void aVersionThatIsKnownIsNotReadAgain(int version, String entry, String custom, boolean same) {
        server.on("GET sys/internal/ui/mounts/secret/x", 200, KV2)
                .on("GET secret/data/x", 200, VERSION_3)
                .on(
                        "GET secret/metadata/x",
                        200,
                        metadata(version, entry, custom).replace('\'', '"'));
        VaultStore store = store();
        SecretRequest request = new SecretRequest.Read("secret/x");
        Secret known = store.fetch(request, TOKEN, null);
        Secret again = store.fetch(request, TOKEN, known);
        assertThat(again == known).isEqualTo(same);
        assertThat(server.requests())
                .endsWith(same ? "GET secret/metadata/x" : "GET secret/data/x")
                .hasSize(same ? 3 : 4);
        assertThat(store.requests()).isEqualTo(same ? 3 : 4);
    }

    @Test
    void metadataThatMayNotBeReadIsAskedForOnceForEachLogin() throws IOException {
        Files.writeString(root.resolve("token"), "jwt");
        server.on("GET sys/internal/ui/mounts/secret/data/x", 200, KV2)
                .on("GET secret/data/x", 200, VERSION_3)
                .on("GET secret/metadata/x", 403, "{\"errors\":[\"permission denied\"]}")
                .on("POST auth/team/jwt/login", 200, ScriptedStore.LOGIN);
        VaultStore store = store();
        SecretRequest request = new SecretRequest.Read("secret/data/x");
        Secret known = store.fetch(request, TOKEN, null);
        for (int i = 0; i < 3; i++) {
            known = store.fetch(request, TOKEN, known);
        }
        assertThat(server.requests()).containsOnlyOnce("GET secret/metadata/x");
        store.login();
        store.fetch(request, TOKEN, known);
        assertThat(server.requests().stream().filter("GET secret/metadata/x"::equals))
                .hasSize(2);
    }

    @Test
    void aStoreInTroubleIsNotAskedTwiceForOneSecret() {
        server.on("GET sys/internal/ui/mounts/secret/x", 200, KV2)
                .on("GET secret/data/x", 200, VERSION_3)
                .on("GET secret/metadata/x", 503, "{\"errors\":[\"Vault is sealed\"]}");
        VaultStore store = store();
        SecretRequest request = new SecretRequest.Read("secret/x");
        Secret known = store.fetch(request, TOKEN, null);
        assertThat(fault(() -> store.fetch(request, TOKEN, known)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(server.requests()).endsWith("GET secret/metadata/x");
    }
}
