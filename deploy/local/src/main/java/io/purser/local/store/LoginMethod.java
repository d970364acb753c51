package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What every auth method has: a configuration, roles, and a login that gives a token as its role says. */
abstract class LoginMethod implements Backend {

    private final TreeMap<String, Fields> roles = new TreeMap<>();
    private final Tokens tokens;
    private final Clock clock;
    private @Nullable Fields config;

    LoginMethod(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Who may log in with this request, and as what. */
    abstract Login check(Fields asked);

    /**
     * A login that may go ahead.
     *
     * @param role what the token is made after
     * @param metadata what the store keeps of the caller
     * @param displayName for people
     */
    record Login(Fields role, Map<String, String> metadata, String displayName) {}

    @Override
    public boolean open(String path) {
        return path.equals("login");
    }

    @Override
    public boolean exists(String path) {
        return !path.startsWith("role/") || roles.containsKey(path.substring("role/".length()));
    }

    @Override
    public Reply handle(Call call) {
        if (call.path().equals("login") && call.is(Operation.WRITE)) {
            return login(call);
        }
        if (call.path().equals("config") && call.is(Operation.WRITE)) {
            configure(call.fields());
            config = call.fields();
            return Reply.noContent();
        }
        String role = call.after("role");
        if (role == null) {
            throw Refusal.unsupported();
        }
        return switch (call.operation()) {
            case WRITE -> {
                roles.put(role, merge(roles.get(role), call.fields()));
                yield Reply.noContent();
            }
            case READ -> Reply.of(existing(role).json());
            case LIST -> Reply.keys(roles.keySet());
            case DELETE -> {
                roles.remove(role);
                yield Reply.noContent();
            }
            case PATCH -> throw Refusal.unsupported();
        };
    }

    /** Refuses a configuration that cannot work. */
    void configure(Fields asked) {}

    @Nullable
    Fields config() {
        return config;
    }

    @Nullable
    Fields role(String name) {
        return roles.get(name);
    }

    Instant now() {
        return clock.instant();
    }

    private Fields existing(String name) {
        Fields role = roles.get(name);
        if (role == null) {
            throw Refusal.notFound();
        }
        return role;
    }

    private Reply login(Call call) {
        Login login = check(call.fields());
        Fields role = login.role();
        Set<String> policies = new TreeSet<>(role.texts("token_policies"));
        policies.addAll(role.texts("policies"));
        if (!role.flag("token_no_default_policy", false)) {
            policies.add("default");
        }
        boolean batch = role.text("token_type").equals("batch");
        Token.Grant grant = new Token.Grant(
                policies,
                login.metadata(),
                call.fullPath(),
                login.displayName(),
                true,
                batch,
                role.number("token_num_uses", 0),
                null);
        Instant now = now();
        Duration period = role.duration("token_period");
        Term term = Term.positive(period)
                ? Term.periodic(now, period)
                : Term.begin(now, role.duration("token_ttl"), limit(role));
        return Reply.auth(tokens.issue(grant, term), term.left(now));
    }

    private static Duration limit(Fields role) {
        Duration explicit = role.duration("token_explicit_max_ttl");
        return Term.positive(explicit) ? explicit : role.duration("token_max_ttl");
    }

    private static Fields merge(@Nullable Fields old, Fields asked) {
        JsonObject merged = old == null ? new JsonObject() : new JsonObject(old.json());
        asked.json().forEach(field -> merged.set(field.getName(), field.getValue()));
        return new Fields(merged);
    }
}
