package io.purser.local.store;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Accounts in a real PostgreSQL, made as Vault's plugin makes them. */
public final class PostgresAccounts implements Accounts {

    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxx").withZone(ZoneOffset.UTC);

    private final String url;
    private final String user;
    private final String password;

    private PostgresAccounts(URI address) {
        String[] login = address.getUserInfo().split(":", 2);
        this.user = login[0];
        this.password = login[1];
        this.url = "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath();
    }

    /** Opens the database of a {@code connection_url}. */
    public static Accounts open(String plugin, String url) {
        if (!plugin.equals("postgresql-database-plugin")) {
            return Accounts.NONE;
        }
        PostgresAccounts accounts = new PostgresAccounts(URI.create(url));
        accounts.execute(List.of("SELECT 1"), null);
        return accounts;
    }

    @Override
    public void create(Iterable<String> statements, Account account) {
        execute(statements, account);
    }

    @Override
    public void renew(Account account) {
        execute(List.of("ALTER ROLE \"{{name}}\" VALID UNTIL '{{expiration}}'"), account);
    }

    @Override
    public void drop(Iterable<String> statements, Account account) {
        execute(statements.iterator().hasNext() ? statements : List.of("DROP ROLE IF EXISTS \"{{name}}\""), account);
    }

    private void execute(Iterable<String> statements, Account account) {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(account == null ? text : filled(text, account));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String filled(String text, Account account) {
        return text.replace("{{name}}", account.name())
                .replace("{{username}}", account.name())
                .replace("{{password}}", account.password())
                .replace("{{expiration}}", UNTIL.format(account.expires()));
    }
}
