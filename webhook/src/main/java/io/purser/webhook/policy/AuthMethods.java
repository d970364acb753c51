package io.purser.webhook.policy;

import java.util.List;

/** The ways to log in, by their names in annotations and settings. */
public final class AuthMethods {

    /** What the agent has, in alphabetical order. */
    public static final List<String> OURS = List.of("approle", "cert", "jwt", "kubernetes", "token_file");

    /** What Vault's own agent has besides. */
    public static final List<String> OF_VAULT =
            List.of("alicloud", "aws", "azure", "cf", "gcp", "kerberos", "ldap", "oci", "pcf");

    private AuthMethods() {}
}
