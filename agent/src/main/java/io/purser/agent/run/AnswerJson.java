package io.purser.agent.run;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.template.source.Secret;
import java.util.List;

/** An answer of the store as JSON, for the state file alone: what {@link Secret#of} reads again. */
final class AnswerJson {

    private AnswerJson() {}

    static JsonObject write(Secret secret) {
        JsonObject json = new JsonObject()
                .add("request_id", secret.requestId())
                .add("lease_id", secret.leaseId())
                .add("lease_duration", secret.leaseDuration().toSeconds())
                .add("renewable", secret.renewable());
        if (secret.data() != null) {
            json.add("data", secret.data());
        }
        if (secret.warnings() != null) {
            json.add("warnings", texts(secret.warnings()));
        }
        if (secret.auth() != null) {
            json.add("auth", auth(secret.auth()));
        }
        return secret.wrapInfo() == null ? json : json.add("wrap_info", wrapInfo(secret.wrapInfo()));
    }

    private static JsonObject auth(Secret.Auth auth) {
        JsonObject json = new JsonObject()
                .add("client_token", auth.clientToken())
                .add("accessor", auth.accessor())
                .add("lease_duration", auth.leaseDuration().toSeconds())
                .add("renewable", auth.renewable())
                .add("token_type", auth.batch() ? "batch" : "service")
                .add("orphan", auth.orphan());
        if (auth.policies() != null) {
            json.add("policies", texts(auth.policies()));
        }
        if (auth.metadata() != null) {
            JsonObject metadata = new JsonObject();
            auth.metadata().forEach(metadata::add);
            json.add("metadata", metadata);
        }
        return json;
    }

    private static JsonObject wrapInfo(Secret.Wrapping wrap) {
        return new JsonObject()
                .add("token", wrap.token())
                .add("ttl", wrap.ttl().toSeconds())
                .add("creation_time", wrap.creationTime())
                .add("wrapped_accessor", wrap.wrappedAccessor());
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
