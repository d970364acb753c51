package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The engine {@code database}: every read of {@code creds/ROLE} makes an account and its lease. */
final class Database implements Backend {

    private final Map<String, Accounts> connections = new TreeMap<>();
    private final Map<String, Fields> roles = new TreeMap<>();
    private final Leases leases;
    private final Clock clock;
    private final Accounts.Opener opener;

    Database(Leases leases, Clock clock, Accounts.Opener opener) {
        this.leases = leases;
        this.clock = clock;
        this.opener = opener;
    }

    @Override
    public Reply handle(Call call) {
        String config = call.after("config");
        if (config != null && call.is(Operation.WRITE)) {
            return connect(config, call.fields());
        }
        String role = call.after("roles");
        if (role != null) {
            return role(call, role);
        }
        String creds = call.after("creds");
        if (creds != null && call.is(Operation.READ)) {
            return credentials(call, creds);
        }
        throw Refusal.unsupported();
    }

    private Reply connect(String name, Fields fields) {
        String url = fields.text("connection_url")
                .replace("{{username}}", fields.text("username"))
                .replace("{{password}}", fields.text("password"));
        try {
            connections.put(name, opener.open(fields.text("plugin_name"), url));
        } catch (IllegalStateException e) {
            throw new Refusal(400, "error creating database object: " + e.getMessage());
        }
        return Reply.noContent();
    }

    private Reply role(Call call, String name) {
        return switch (call.operation()) {
            case WRITE -> {
                roles.put(name, call.fields());
                yield Reply.noContent();
            }
            case READ -> Reply.of(existing(name).json());
            case LIST -> Reply.keys(roles.keySet());
            case DELETE -> {
                roles.remove(name);
                yield Reply.noContent();
            }
            case PATCH -> throw Refusal.unsupported();
        };
    }

    private Fields existing(String name) {
        Fields role = roles.get(name);
        if (role == null) {
            throw Refusal.notFound();
        }
        return role;
    }

    private Reply credentials(Call call, String name) {
        Fields role = roles.get(name);
        if (role == null) {
            throw new Refusal(400, "unknown role: " + name);
        }
        Accounts accounts = connections.getOrDefault(role.text("db_name"), Accounts.NONE);
        Instant now = clock.instant();
        Term term = Term.begin(now, role.duration("default_ttl"), role.duration("max_ttl"));
        String user = "v-" + shorten(call.caller().displayName()) + "-" + shorten(name) + "-"
                + Ids.random().substring(0, 20) + "-" + now.getEpochSecond();
        String password = Ids.random().substring(0, 18) + "-" + Ids.random().substring(0, 2);
        Accounts.Account account = new Accounts.Account(user, password, now.plus(term.ttl()));
        try {
            accounts.create(statements(role, "creation_statements"), account);
        } catch (IllegalStateException e) {
            throw new Refusal(500, "1 error occurred:\n\t* " + e.getMessage() + "\n\n");
        }
        List<String> revocation = statements(role, "revocation_statements");
        Lease lease = leases.add(new Lease(
                call.fullPath() + "/" + Ids.random(),
                call.caller(),
                term,
                end -> accounts.renew(new Accounts.Account(user, password, end)),
                () -> accounts.drop(revocation, account)));
        Duration left = term.left(now);
        return Reply.leased(
                lease, left, new JsonObject().add("password", password).add("username", user));
    }

    private static String shorten(String name) {
        return name.substring(0, Math.min(8, name.length()));
    }

    private static List<String> statements(Fields role, String name) {
        // A statement holds commas and semicolons of its own: only a list separates.
        JsonValue value = role.value(name);
        return value == null || !value.isString() ? role.texts(name) : List.of(value.asString());
    }
}
