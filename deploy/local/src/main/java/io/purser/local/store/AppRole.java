package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The auth method {@code approle}: an id that names the role, and one that proves it. */
final class AppRole extends LoginMethod {

    private final Map<String, String> roleIds = new HashMap<>();
    private final Map<String, Set<String>> secretIds = new HashMap<>();

    AppRole(Tokens tokens, Clock clock) {
        super(tokens, clock);
    }

    @Override
    public Reply handle(Call call) {
        String path = call.path();
        if (path.startsWith("role/") && path.endsWith("/role-id")) {
            String role = path.substring("role/".length(), path.length() - "/role-id".length());
            String id =
                    roleIds.computeIfAbsent(role, unused -> UUID.randomUUID().toString());
            return Reply.of(new JsonObject().add("role_id", id));
        }
        if (path.startsWith("role/") && path.endsWith("/secret-id") && call.is(Operation.WRITE)) {
            String role = path.substring("role/".length(), path.length() - "/secret-id".length());
            String id = UUID.randomUUID().toString();
            secretIds.computeIfAbsent(role, unused -> new HashSet<>()).add(id);
            return Reply.of(new JsonObject()
                    .add("secret_id", id)
                    .add("secret_id_accessor", UUID.randomUUID().toString())
                    .add("secret_id_ttl", 0)
                    .add("secret_id_num_uses", 0));
        }
        return super.handle(call);
    }

    @Override
    Login check(Fields asked) {
        if (asked.text("role_id").isEmpty()) {
            throw new Refusal(400, "missing role_id");
        }
        for (Map.Entry<String, String> named : roleIds.entrySet()) {
            Fields role = role(named.getKey());
            if (role != null && named.getValue().equals(asked.text("role_id"))) {
                boolean bound = role.flag("bind_secret_id", true);
                if (bound && !secretIds.getOrDefault(named.getKey(), Set.of()).contains(asked.text("secret_id"))) {
                    throw new Refusal(400, "invalid role or secret ID");
                }
                return new Login(role, Map.of("role_name", named.getKey()), "approle");
            }
        }
        throw new Refusal(400, "invalid role or secret ID");
    }
}
