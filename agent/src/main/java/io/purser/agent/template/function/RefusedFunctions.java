package io.purser.agent.template.function;

import org.jspecify.annotations.Nullable;

/** Functions of consul-template and sprig that have no place in a pod, and why. */
final class RefusedFunctions {
    private RefusedFunctions() {}

    static @Nullable String reason(String name) {
        String why = why(name);
        return why == null ? null : "the function \"" + name + "\" is not available: " + why;
    }

    private static @Nullable String why(String name) {
        return switch (name) {
            case "key",
                    "keyExists",
                    "keyOrDefault",
                    "ls",
                    "safeLs",
                    "tree",
                    "safeTree",
                    "service",
                    "services",
                    "node",
                    "nodes",
                    "datacenters",
                    "partitions",
                    "peerings",
                    "connect",
                    "caRoots",
                    "caLeaf",
                    "exportedServices",
                    "importedServices",
                    "byKey",
                    "byTag",
                    "byPort",
                    "byMeta",
                    "explode" -> "it asks Consul, and Purser's agent talks to the secret store only";
            case "nomadService", "nomadServices", "nomadVar", "nomadVarList", "nomadVarListSafe", "nomadVarExists" ->
                "it asks Nomad, and Purser's agent talks to the secret store only";
            case "plugin" -> "a template cannot start a program, the agent's image holds none";
            case "sockaddr" -> "a template cannot see the network; use the downward API for the pod's address";
            case "spew_dump", "spew_printf", "spew_sdump", "spew_sprintf" ->
                "it prints memory as the Go runtime lays it out; use printf \"%#v\" instead";
            case "sprig_env", "sprig_expandenv" ->
                "it would show the agent's environment; use env, which shows the pod's";
            case "sprig_getHostByName" -> "a template cannot see the network";
            case "sprig_genPrivateKey",
                    "sprig_genCA",
                    "sprig_genCAWithKey",
                    "sprig_genSelfSignedCert",
                    "sprig_genSelfSignedCertWithKey",
                    "sprig_genSignedCert",
                    "sprig_genSignedCertWithKey",
                    "sprig_buildCustomCert",
                    "sprig_bcrypt",
                    "sprig_htpasswd" ->
                "it would make a new key or hash at each rendering; let the store make it, for example with pkiCert";
            default -> null;
        };
    }
}
