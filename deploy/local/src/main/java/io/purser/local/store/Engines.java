package io.purser.local.store;

import java.time.Clock;
import java.util.Map;

/**
 * Makes the engines and methods that can be mounted.
 *
 * @param tokens where a login's token goes
 * @param leases where a dynamic secret's lease goes
 * @param clock the store's time
 * @param databases opens the databases of the engine for dynamic credentials
 */
record Engines(Tokens tokens, Leases leases, Clock clock, Accounts.Opener databases) {

    Backend engine(String type, Map<String, String> options) {
        return switch (type) {
            case "kv" -> options.getOrDefault("version", "1").equals("2") ? new KvTwo(clock) : new KvOne();
            case "kv-v2" -> new KvTwo(clock);
            case "database" -> new Database(leases, clock, databases);
            case "pki" -> new Pki(leases, clock);
            case "ssh" -> new SshOtp(leases, clock);
            default -> throw new Refusal(400, "plugin not found in the catalog: " + type);
        };
    }

    Backend method(String type) {
        return switch (type) {
            case "kubernetes" -> new KubernetesAuth(tokens, clock);
            case "jwt" -> new JwtAuth(tokens, clock);
            case "approle" -> new AppRole(tokens, clock);
            default -> throw new Refusal(400, "plugin not found in the catalog: " + type);
        };
    }
}
