package io.purser.webhook.policy;

/** The prefixes under which annotations are read; an earlier one comes before a later one. */
public enum Domain {
    /** Our own. */
    PURSER("purser.io/"),
    /** OpenBao's, with the names of Vault's injector. */
    OPENBAO("openbao.org/"),
    /** That of Vault's injector. */
    VAULT("vault.hashicorp.com/");

    private final String prefix;

    Domain(String prefix) {
        this.prefix = prefix;
    }

    /** With the slash at its end. */
    public String prefix() {
        return prefix;
    }

    /** Whether it has the peer's names and meanings. */
    public boolean isPeer() {
        return this != PURSER;
    }
}
