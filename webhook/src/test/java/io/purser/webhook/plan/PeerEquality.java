package io.purser.webhook.plan;

import io.purser.webhook.policy.Quantity;
import io.purser.webhook.policy.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Compares two projections in effect: what the peer leaves unset has Vault's default, which our agent is told. */
final class PeerEquality {

    /** Vault's defaults of what the peer leaves unset. */
    private static final Map<String, Object> UNSET = Map.of(
            "perms", "0644",
            "minBackoff", "1s",
            "maxBackoff", "5m",
            "staticSecretRenderInterval", "5m",
            "clientTimeout", "60s",
            "clientMaxRetries", "2",
            "telemetry", Map.of());

    private final List<String> differences = new ArrayList<>();

    private PeerEquality() {}

    static List<String> differences(Map<?, ?> ours, Map<?, ?> peers) {
        PeerEquality equality = new PeerEquality();
        equality.compare("", ours, peers);
        return equality.differences;
    }

    private void compare(String path, Object ours, Object peers) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        Object wanted = peers == null ? UNSET.get(name) : peers;
        boolean stricter = name.equals("seccompProfile") && peers == null;
        // A pid file is the peer's own affair; a variable that it lists twice is listed once here.
        if (stricter || name.equals("pidFile") || name.equals("envSetTwice")) {
            return;
        }
        if (name.equals("auth") && ours instanceof Map<?, ?> our && wanted instanceof Map<?, ?> their) {
            auth(path, our, their);
        } else if (ours instanceof Map<?, ?> our && wanted instanceof Map<?, ?> their) {
            for (Object key : keys(our, their)) {
                compare(path + "." + key, our.get(key), their.get(key));
            }
        } else if (ours instanceof List<?> our && wanted instanceof List<?> their && our.size() == their.size()) {
            for (int i = 0; i < our.size(); i++) {
                compare(path + "." + i, our.get(i), their.get(i));
            }
        } else if (!same(ours, wanted)) {
            differences.add(path + ": ours " + ours + ", the peer's " + wanted);
        }
    }

    /** The peer's token path is a parameter; ours has a place of its own, and jwt's is its parameter path. */
    private void auth(String path, Map<?, ?> ours, Map<?, ?> peers) {
        Map<String, Object> wanted = Tree.copyOf(peers);
        Map<String, Object> parameters = Tree.copyOf((Map<?, ?>) wanted.get("config"));
        Object tokenPath = parameters.remove("token_path");
        wanted.put("config", parameters);
        wanted.put("tokenFile", peers.get("type").equals("jwt") ? parameters.get("path") : tokenPath);
        for (Object key : keys(ours, wanted)) {
            compare(path + "." + key, ours.get(key), wanted.get(key));
        }
    }

    private static TreeSet<String> keys(Map<?, ?> ours, Map<?, ?> peers) {
        TreeSet<String> keys = new TreeSet<>();
        ours.keySet().forEach(key -> keys.add((String) key));
        peers.keySet().forEach(key -> keys.add((String) key));
        return keys;
    }

    private static boolean same(Object ours, Object peers) {
        if (Objects.equals(ours, peers)) {
            return true;
        }
        if (ours instanceof Number && peers instanceof Number) {
            return new BigDecimal(ours.toString()).compareTo(new BigDecimal(peers.toString())) == 0;
        }
        if (!(ours instanceof String our) || !(peers instanceof String their)) {
            return false;
        }
        Duration duration = Values.duration(our);
        Quantity quantity = Quantity.parse(our);
        return (duration != null && duration.equals(Values.duration(their)))
                || (quantity != null && quantity.equals(Quantity.parse(their)))
                || (our.equals("text") && their.equals("standard"))
                || oct(our).equals(oct(their));
    }

    private static String oct(String text) {
        return text.matches("[0-7]{3}") ? "0" + text : text;
    }
}
