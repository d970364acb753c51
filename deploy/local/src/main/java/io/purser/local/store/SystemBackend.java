package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The paths under {@code sys/}: mounts, policies, leases, health. */
final class SystemBackend implements Backend {

    private final Engines engines;
    private final Mounts mounts;
    private final Policies policies;
    private final LeasePaths leases;
    private final Clock clock;

    SystemBackend(Engines engines, Mounts mounts, Policies policies, Leases leases, Clock clock) {
        this.engines = engines;
        this.mounts = mounts;
        this.policies = policies;
        this.leases = new LeasePaths(leases, clock);
        this.clock = clock;
    }

    @Override
    public boolean open(String path) {
        return path.equals("health") || path.equals("seal-status");
    }

    @Override
    public Reply handle(Call call) {
        String path = call.path();
        if (open(path)) {
            return Reply.raw(200, health(false));
        }
        if (path.startsWith("leases/")) {
            return leases.handle(call);
        }
        String detected = call.after("internal/ui/mounts");
        if (detected != null) {
            return detect(call.caller(), detected);
        }
        String mount = call.after("mounts");
        if (mount != null) {
            return mount(call, mount, "");
        }
        String method = call.after("auth");
        if (method != null) {
            return mount(call, method, "auth/");
        }
        String acl = call.after("policies/acl");
        String policy = acl == null ? call.after("policy") : acl;
        if (policy != null) {
            return policy(call, policy);
        }
        if (path.equals("capabilities-self")) {
            return capabilities(call);
        }
        throw Refusal.unsupported();
    }

    JsonObject health(boolean sealed) {
        return new JsonObject()
                .add("initialized", true)
                .add("sealed", sealed)
                .add("standby", false)
                .add("server_time_utc", clock.instant().getEpochSecond())
                .add("version", "embedded");
    }

    private Reply detect(Token caller, String path) {
        if (path.isEmpty()) {
            return mountsInSight(caller);
        }
        Mounts.Mount mount = mounts.find(path);
        if (mount == null || !policies.reaches(caller, mount.path())) {
            throw new Refusal(
                    403,
                    "preflight capability check returned 403, please ensure client's policies grant access to path \""
                            + path + "/\"");
        }
        return Reply.of(mount.json().add("path", mount.path()));
    }

    private Reply mountsInSight(Token caller) {
        JsonObject secret = new JsonObject();
        JsonObject auth = new JsonObject();
        for (Mounts.Mount mount : mounts.all()) {
            boolean isAuth = mount.path().startsWith("auth/");
            if (policies.reaches(caller, mount.path())) {
                (isAuth ? auth : secret).add(mount.path().substring(isAuth ? "auth/".length() : 0), mount.json());
            }
        }
        return Reply.of(new JsonObject().add("secret", secret).add("auth", auth));
    }

    private Reply mount(Call call, String path, String prefix) {
        if (call.is(Operation.READ) && path.isEmpty()) {
            JsonObject all = new JsonObject();
            for (Mounts.Mount mount : mounts.all()) {
                if (mount.path().startsWith("auth/") == !prefix.isEmpty()) {
                    all.add(mount.path().substring(prefix.length()), mount.json());
                }
            }
            return Reply.of(all);
        }
        String place = prefix + path + "/";
        if (call.is(Operation.WRITE)) {
            Map<String, String> options = new TreeMap<>();
            JsonValue asked = call.fields().value("options");
            if (asked != null) {
                asked.asObject()
                        .forEach(member ->
                                options.put(member.getName(), member.getValue().asString()));
            }
            String type = call.fields().text("type");
            Backend backend = prefix.isEmpty() ? engines.engine(type, options) : engines.method(type);
            mounts.add(new Mounts.Mount(place, type, options, backend));
        } else if (call.is(Operation.DELETE)) {
            leases.revokeUnder(place);
            mounts.remove(place);
        } else {
            throw Refusal.unsupported();
        }
        return Reply.noContent();
    }

    private Reply policy(Call call, String name) {
        switch (call.operation()) {
            case WRITE -> policies.byName().put(name, Policy.parse(call.fields().text("policy")));
            case DELETE -> policies.byName().remove(name);
            case LIST -> {
                return Reply.keys(policies.byName().keySet());
            }
            default -> {
                Policy policy = policies.byName().get(name);
                if (policy == null) {
                    throw Refusal.notFound();
                }
                return Reply.of(new JsonObject().add("name", name).add("policy", policy.text()));
            }
        }
        return Reply.noContent();
    }

    private Reply capabilities(Call call) {
        JsonObject answer = new JsonObject();
        for (String path : call.fields().texts("paths")) {
            List<String> names = call.caller().root()
                    ? List.of("root")
                    : policies.capabilities(call.caller(), path).stream()
                            .map(capability -> capability.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList();
            answer.add(path, Fields.array(names.isEmpty() ? List.of("deny") : names));
        }
        return Reply.of(answer);
    }
}
