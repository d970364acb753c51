package io.purser.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.local.store.StoreClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dynamic credentials of a real PostgreSQL, from the embedded store and from a real one. */
abstract class DatabaseContract {

    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() throws IOException {
        Optional<Path> programs = PostgresServer.programs();
        assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
        postgres = PostgresServer.start(programs.get());
    }

    @AfterAll
    static void stopPostgres() {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }

    abstract StoreUnderTest store();

    @BeforeEach
    void configure() throws IOException {
        if (root().get("sys/internal/ui/mounts/database/x").status() == 200) {
            return;
        }
        root().mustPut("sys/mounts/database", StoreContract.json("{'type':'database'}"));
        root().mustPut(
                        "database/config/shop",
                        new JsonObject()
                                .add("plugin_name", "postgresql-database-plugin")
                                .add("connection_url", postgres.connectionUrl())
                                .add("username", postgres.admin())
                                .add("password", postgres.adminPassword())
                                .add("allowed_roles", new JsonArray().add("*")));
        root().mustPut(
                        "database/roles/app",
                        new JsonObject()
                                .add("db_name", "shop")
                                .add(
                                        "creation_statements",
                                        new JsonArray()
                                                .add("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}'"
                                                        + " VALID UNTIL '{{expiration}}'"))
                                .add("default_ttl", "10m")
                                .add("max_ttl", "1h"));
        root().mustPut(
                        "sys/policies/acl/app",
                        new JsonObject().add("policy", "path \"database/creds/app\" { capabilities = [\"read\"] }"));
    }

    private StoreClient root() {
        return store().root();
    }

    private StoreClient caller() throws IOException {
        Answer token = root().put("auth/token/create", StoreContract.json("{'policies':['app']}"));
        return root().as(token.auth().getString("client_token"));
    }

    private static boolean opens(Answer credentials) {
        return postgres.accepts(
                credentials.data().getString("username"), credentials.data().getString("password"));
    }

    @Test
    void eachReadingMakesAnAccountThatWorksUntilItsLeaseIsRevoked() throws IOException {
        StoreClient caller = caller();
        Answer one = caller.get("database/creds/app");
        Answer two = caller.get("database/creds/app");

        assertThat(one.body().getInt("lease_duration")).isEqualTo(600);
        assertThat(one.body().getBoolean("renewable")).isTrue();
        assertThat(one.data().getString("username"))
                .startsWith("v-")
                .isNotEqualTo(two.data().getString("username"));
        assertThat(opens(one)).isTrue();
        assertThat(opens(two)).isTrue();

        root().put(
                        "sys/leases/revoke",
                        new JsonObject().add("lease_id", one.body().getString("lease_id")));
        assertThat(StoreContract.await(() -> !opens(one))).isTrue();
        assertThat(opens(two)).isTrue();
    }

    @Test
    void anAccountDiesWithTheTokenThatAskedForIt() throws IOException {
        StoreClient caller = caller();
        Answer credentials = caller.get("database/creds/app");
        assertThat(opens(credentials)).isTrue();

        caller.put("auth/token/revoke-self", new JsonObject());

        assertThat(StoreContract.await(() -> !opens(credentials))).isTrue();
    }

    @Test
    void aLeaseIsRenewedUpToItsMaximum() throws IOException {
        StoreClient caller = caller();
        Answer credentials = caller.get("database/creds/app");
        String lease = credentials.body().getString("lease_id");

        Answer renewed = renew(caller, lease, "1800");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.body().getString("lease_id")).isEqualTo(lease);
        assertThat(renewed.body().getInt("lease_duration")).isBetween(1790, 1800);
        assertThat(renewed.body().getBoolean("renewable")).isTrue();

        Answer capped = renew(caller, lease, "7200");
        assertThat(capped.body().getInt("lease_duration")).isBetween(3580, 3600);
        assertThat(opens(credentials)).isTrue();
    }

    @Test
    void anAccountEndsWithItsLeasesTime() throws IOException {
        root().mustPut(
                        "database/roles/brief",
                        new JsonObject()
                                .add("db_name", "shop")
                                .add(
                                        "creation_statements",
                                        new JsonArray().add("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}'"))
                                .add("default_ttl", "2s")
                                .add("max_ttl", "2s"));
        Answer credentials = root().get("database/creds/brief");
        assertThat(opens(credentials)).isTrue();

        store().pass(Duration.ofSeconds(3));

        assertThat(StoreContract.await(() -> !opens(credentials))).isTrue();
    }

    @Test
    void anUnknownRoleAndARefusedStatementAreTold() throws IOException {
        Answer unknown = root().get("database/creds/none");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(StoreContract.errors(unknown)).contains("unknown role: none");

        root().mustPut(
                        "database/roles/broken",
                        new JsonObject()
                                .add("db_name", "shop")
                                .add("creation_statements", new JsonArray().add("CREATE NONSENSE")));
        Answer broken = root().get("database/creds/broken");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(StoreContract.errors(broken)).contains("syntax error");
    }

    private static Answer renew(StoreClient caller, String lease, String increment) throws IOException {
        return caller.put(
                "sys/leases/renew", new JsonObject().add("lease_id", lease).add("increment", increment));
    }
}
