package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The auth method {@code token}: create, look up, renew and revoke tokens. */
final class TokenBackend implements Backend {

    private final Tokens tokens;
    private final Clock clock;

    TokenBackend(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Reply handle(Call call) {
        return switch (call.path()) {
            case "create" -> create(call, call.fields().flag("no_parent", false));
            case "create-orphan" -> create(call, true);
            case "lookup-self" -> lookup(call.caller());
            case "lookup" -> lookup(named(call, 403, "bad token"));
            case "renew-self" -> renew(call.caller(), call.fields());
            case "renew" -> renew(named(call, 400, "token not found"), call.fields());
            case "revoke-self" -> revoke(call.caller());
            case "revoke" -> revoke(named(call, 400, "token not found"));
            case "revoke-accessor" -> revoke(byAccessor(call));
            default -> throw Refusal.unsupported();
        };
    }

    private Reply create(Call call, boolean orphan) {
        Fields asked = call.fields();
        Token creator = call.caller();
        Set<String> policies = new TreeSet<>(asked.texts("policies"));
        if (policies.isEmpty()) {
            policies.addAll(creator.policies());
        } else if (!creator.root() && !creator.policies().containsAll(policies)) {
            throw new Refusal(400, "child policies must be subset of parent");
        }
        if (!policies.contains("root") && !asked.flag("no_default_policy", false)) {
            policies.add("default");
        }
        boolean batch = asked.text("type").equals("batch");
        Token.Grant grant = new Token.Grant(
                policies,
                Map.of(),
                "auth/token/create",
                "token",
                asked.flag("renewable", true),
                batch,
                asked.number("num_uses", 0),
                orphan ? null : creator);
        Duration period = asked.duration("period");
        Instant now = clock.instant();
        Term term = Term.positive(period)
                ? Term.periodic(now, period)
                : Term.begin(now, asked.duration("ttl"), asked.duration("explicit_max_ttl"));
        return Reply.auth(tokens.issue(grant, term), term.left(now));
    }

    private Token named(Call call, int status, String otherwise) {
        Token token = tokens.find(call.fields().text("token"));
        if (token == null) {
            throw new Refusal(status, otherwise);
        }
        return token;
    }

    private Token byAccessor(Call call) {
        Token token = tokens.findAccessor(call.fields().text("accessor"));
        if (token == null) {
            throw new Refusal(400, "invalid accessor");
        }
        return token;
    }

    private Reply renew(Token token, Fields asked) {
        if (token.batch()) {
            throw new Refusal(400, "batch tokens cannot be renewed");
        }
        Instant now = clock.instant();
        if (!token.renewable()) {
            if (token.root()) {
                return Reply.auth(token, Duration.ZERO);
            }
            throw new Refusal(400, "lease is not renewable");
        }
        Duration increment = asked.duration("increment");
        String warning = token.term().caps(now, increment) ? Caps.warning(asked.text("increment"), token.term()) : null;
        token.term(token.term().renew(now, increment));
        return Reply.auth(token, token.term().left(now)).warn(warning);
    }

    private Reply revoke(Token token) {
        if (token.batch()) {
            throw new Refusal(400, "batch tokens cannot be revoked");
        }
        tokens.revoke(token);
        return Reply.noContent();
    }

    private Reply lookup(Token token) {
        Term term = token.term();
        JsonObject meta = new JsonObject();
        token.metadata().forEach(meta::add);
        JsonObject answer = new JsonObject()
                .add("accessor", token.accessor())
                .add("creation_time", term.issued().getEpochSecond())
                .add("creation_ttl", term.expires() == null ? 0 : term.ttl().toSeconds())
                .add("display_name", token.displayName())
                .add("entity_id", "")
                .add("expire_time", time(term.expires()))
                .add("explicit_max_ttl", explicitMax(token))
                .add("id", token.id())
                .add("issue_time", time(term.issued()))
                .add("meta", meta.isEmpty() ? Json.NULL : meta)
                .add("num_uses", token.usesLeft())
                .add("orphan", token.orphan())
                .add("path", token.path())
                .add("policies", Fields.array(token.policies()))
                .add("renewable", token.renewable())
                .add("ttl", term.left(clock.instant()).toSeconds())
                .add("type", token.batch() ? "batch" : "service");
        if (Term.positive(term.period())) {
            answer.add("period", term.period().toSeconds());
        }
        return Reply.of(answer);
    }

    /** Seconds; only a token made by hand can have such a limit of its own, a role's is not shown here. */
    private static long explicitMax(Token token) {
        Duration max = token.term().max();
        boolean made = token.path().equals("auth/token/create");
        return made && !max.equals(Term.SYSTEM) ? max.toSeconds() : 0;
    }

    static JsonValue time(@Nullable Instant instant) {
        return instant == null ? Json.NULL : Json.value(instant.toString());
    }
}
