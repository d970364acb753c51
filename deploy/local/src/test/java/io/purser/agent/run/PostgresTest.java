package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.local.store.EmbeddedStore;
import io.purser.local.store.PostgresAccounts;
import io.purser.local.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dynamic credentials of a real PostgreSQL: an application works through rotations, and no account is left at the end. */
class PostgresTest {

    private static final double SPEED = 50;
    private static final int ROTATIONS = 2;

    @TempDir
    private Path pod;

    @Test
    void noQueryFailsThroughRotationsAndNoRoleIsLeft() throws Exception {
        Optional<Path> programs = PostgresServer.programs();
        assumeThat(programs).as("PostgreSQL is installed").isPresent();
        try (PostgresServer postgres = PostgresServer.start(programs.get())) {
            FaultBench bench =
                    new FaultBench(pod, SPEED, EmbeddedStore.Settings.plain().with(PostgresAccounts::open));
            connect(bench, postgres);
            bench.start();
            bench.eventually("the credentials are in the file", () -> bench.db().contains(":"));
            Set<String> users = work(bench, postgres);
            assertThat(users).hasSizeGreaterThan(ROTATIONS);
            assertThat(roles(postgres)).isBetween(1, 2);
            bench.assertCleanEnd();
            assertThat(roles(postgres)).as("roles in pg_roles").isZero();
            bench.close();
        }
    }

    private static void connect(FaultBench bench, PostgresServer postgres) throws IOException {
        bench.root.mustPut(
                "database/config/shop",
                new JsonObject()
                        .add("plugin_name", "postgresql-database-plugin")
                        .add("connection_url", postgres.connectionUrl())
                        .add("username", postgres.admin())
                        .add("password", postgres.adminPassword())
                        .add("allowed_roles", new JsonArray().add("web")));
        bench.root.mustPut(
                "database/roles/web",
                new JsonObject()
                        .add("db_name", "shop")
                        .add(
                                "creation_statements",
                                new JsonArray()
                                        .add(
                                                "CREATE ROLE \"{{name}}\" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'"))
                        .add("default_ttl", "2m")
                        .add("max_ttl", "6m"));
    }

    /** What the application does: a query on the connection it has, and a new connection when its file changes. */
    private static Set<String> work(FaultBench bench, PostgresServer postgres) throws SQLException {
        Set<String> users = new HashSet<>();
        String known = "";
        Connection connection = null;
        long end = System.nanoTime() + 120_000_000_000L;
        while (users.size() <= ROTATIONS && System.nanoTime() < end) {
            String credentials = bench.db();
            if (!credentials.equals(known)) {
                int colon = credentials.indexOf(':');
                Connection next = postgres.connect(credentials.substring(0, colon), credentials.substring(colon + 1));
                if (connection != null) {
                    connection.close();
                }
                connection = next;
                known = credentials;
                users.add(credentials.substring(0, colon));
            }
            assertThat(one(connection)).isEqualTo(1);
            LockSupport.parkNanos(10_000_000);
        }
        if (connection != null) {
            connection.close();
        }
        return users;
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static int roles(PostgresServer postgres) throws SQLException {
        try (Connection admin = postgres.connect(postgres.admin(), postgres.adminPassword());
                Statement statement = admin.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'v-%'")) {
            result.next();
            return result.getInt(1);
        }
    }
}
