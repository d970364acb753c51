package io.purser.agent.run;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseState;
import io.purser.agent.lease.LeaseTerms;
import io.purser.agent.lease.MadeToken;
import io.purser.agent.lease.SecretState;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.Superseded;
import io.purser.agent.lease.TokenState;
import io.purser.agent.lease.Validity;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of the leases and the secrets' data as JSON, for the state file alone: it holds secrets. */
final class StateJson {

    private static final int VERSION = 2;

    private StateJson() {}

    static JsonObject write(LeaseState state, SecretBook book) {
        JsonObject json = new JsonObject()
                .add("version", VERSION)
                .add("seed", String.valueOf(state.seed()))
                .add("clock", text(state.clock()));
        if (state.token() != null) {
            json.add("token", token(state.token()));
        }
        JsonArray secrets = new JsonArray();
        for (SecretState secret : state.secrets().values()) {
            SecretBook.Answer answer = book.answer(secret.request());
            if (secret.present() && answer != null) {
                secrets.add(secret(secret, answer.secret()));
            }
        }
        JsonArray superseded = new JsonArray();
        for (Superseded old : state.superseded()) {
            superseded.add(superseded(old));
        }
        return json.add("secrets", secrets).add("superseded", superseded);
    }

    /** The state as of {@code now}: where the clock went back since, its moments are moved along. */
    static @Nullable LeaseState read(JsonObject json, SecretBook book, Instant now) {
        if (json.getInt("version", 0) != VERSION) {
            return null;
        }
        List<SecretState> secrets = new ArrayList<>();
        for (JsonValue value : json.get("secrets").asArray()) {
            JsonObject one = value.asObject();
            JsonValue answer = one.get("answer");
            Secret known = answer == null ? null : Secret.of(answer.asObject());
            SecretState secret = secret(one, known);
            secrets.add(secret);
            book.note(secret.request(), known);
        }
        List<Superseded> superseded = new ArrayList<>();
        for (JsonValue value : json.get("superseded").asArray()) {
            Superseded old = superseded(value.asObject());
            if (old.revocable()) {
                superseded.add(old);
            }
        }
        JsonValue token = json.get("token");
        Instant clock = moment(json, "clock");
        LeaseState state = LeaseState.resumed(
                Long.parseLong(json.getString("seed")),
                clock,
                token == null ? null : token(token.asObject()),
                secrets,
                superseded);
        return now.isBefore(clock) ? state.shifted(Duration.between(clock, now)) : state;
    }

    private static JsonObject token(TokenState token) {
        return authToken(token.token())
                .add("generation", token.generation())
                .add("at", text(token.at()))
                .add("granted", token.granted().toMillis())
                .add("due", text(token.due()))
                .add("replace", token.replace());
    }

    private static TokenState token(JsonObject json) {
        return new TokenState(
                authToken(json),
                json.getInt("generation"),
                moment(json, "at"),
                millis(json, "granted"),
                moment(json, "due"),
                json.getBoolean("replace", false));
    }

    private static JsonObject authToken(AuthToken token) {
        return new JsonObject()
                .add("value", token.value().text())
                .add("accessor", token.accessor())
                .add("ttl", token.ttl().toMillis())
                .add("renewable", token.renewable())
                .add("revocable", token.revocable());
    }

    /** An older agent did not keep whether a token may be revoked; then it may be somebody else's. */
    private static AuthToken authToken(JsonObject json) {
        return new AuthToken(
                new SecretValue(json.getString("value")),
                json.getString("accessor"),
                millis(json, "ttl"),
                json.getBoolean("renewable", false),
                json.getBoolean("revocable", false));
    }

    private static JsonObject secret(SecretState state, @Nullable Secret secret) {
        Validity validity =
                state.validity() == null ? new Validity(Validity.Nature.STATIC, LeaseTerms.NONE) : state.validity();
        JsonObject json = new JsonObject()
                .add("request", request(state.request()))
                .add("nature", validity.nature().name())
                .add("lease", validity.terms().id())
                .add("ttl", validity.terms().ttl().toMillis())
                .add("renewable", validity.terms().renewable())
                .add("at", text(state.at()))
                .add("granted", state.granted().toMillis())
                .add("generation", state.generation())
                .add("due", text(state.due()))
                .add("next", state.next().name());
        return secret == null ? json : json.add("answer", AnswerJson.write(secret));
    }

    private static SecretState secret(JsonObject json, @Nullable Secret known) {
        LeaseTerms terms =
                new LeaseTerms(json.getString("lease"), millis(json, "ttl"), json.getBoolean("renewable", false));
        SecretRequest request = request(StateFile.object(json, "request"));
        return new SecretState(
                request,
                new Validity(Validity.Nature.valueOf(json.getString("nature")), terms, MadeToken.in(request, known)),
                moment(json, "at"),
                millis(json, "granted"),
                json.getInt("generation"),
                moment(json, "due"),
                SecretState.Next.valueOf(json.getString("next")),
                0,
                null,
                false);
    }

    private static JsonObject request(SecretRequest request) {
        JsonObject json = new JsonObject().add("path", request.path());
        if (request instanceof SecretRequest.Write write) {
            return json.add("kind", "write").add("parameters", parameters(write.parameters()));
        }
        if (request instanceof SecretRequest.PkiCert certificate) {
            return json.add("kind", "certificate").add("parameters", parameters(certificate.parameters()));
        }
        return json.add("kind", request instanceof SecretRequest.ListPath ? "list" : "read");
    }

    private static SecretRequest request(JsonObject json) {
        String path = json.getString("path");
        return switch (json.getString("kind")) {
            case "write" -> new SecretRequest.Write(path, parameters(StateFile.object(json, "parameters")));
            case "certificate" -> new SecretRequest.PkiCert(path, parameters(StateFile.object(json, "parameters")));
            case "list" -> new SecretRequest.ListPath(path);
            default -> new SecretRequest.Read(path);
        };
    }

    private static JsonObject parameters(SortedMap<String, String> parameters) {
        JsonObject json = new JsonObject();
        parameters.forEach(json::add);
        return json;
    }

    private static SortedMap<String, String> parameters(JsonObject json) {
        SortedMap<String, String> parameters = new TreeMap<>();
        json.forEach(
                member -> parameters.put(member.getName(), member.getValue().asString()));
        return parameters;
    }

    private static JsonObject superseded(Superseded old) {
        JsonObject json = new JsonObject().add("lease", old.leaseId()).add("generation", old.generation());
        if (old.token() != null) {
            json.add("token", authToken(old.token()));
        }
        if (old.by() != null) {
            json.add("by", request(old.by()));
        }
        return old.due() == null ? json : json.add("due", text(old.due()));
    }

    private static Superseded superseded(JsonObject json) {
        JsonValue token = json.get("token");
        JsonValue by = json.get("by");
        return new Superseded(
                token == null ? null : authToken(token.asObject()),
                json.getString("lease"),
                json.getInt("generation"),
                by == null ? null : request(by.asObject()),
                json.get("due") == null ? null : moment(json, "due"));
    }

    /** Seconds and nanoseconds: a date would bring the JDK's formatter, 40 classes, into every pod. */
    private static String text(Instant moment) {
        return moment.getEpochSecond() + "." + moment.getNano();
    }

    private static Instant moment(JsonObject json, String name) {
        String text = json.getString(name);
        int point = text.indexOf('.');
        return Instant.ofEpochSecond(
                Long.parseLong(text.substring(0, Math.max(0, point))), Long.parseLong(text.substring(point + 1)));
    }

    private static Duration millis(JsonObject json, String name) {
        return Duration.ofMillis(json.getLong(name, 0));
    }
}
