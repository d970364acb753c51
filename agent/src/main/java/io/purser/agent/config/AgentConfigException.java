package io.purser.agent.config;

import java.util.List;

/** A configuration that the agent refuses; the message lists every violation, a line each. */
public final class AgentConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> violations;

    AgentConfigException(List<String> violations) {
        super(
                violations.size() == 1
                        ? "The agent's configuration has a mistake: " + violations.get(0)
                        : "The agent's configuration has " + violations.size() + " mistakes:\n  "
                                + String.join("\n  ", violations));
        this.violations = List.copyOf(violations);
    }

    /** The violations, each one sentence that begins with the field's path. */
    public List<String> violations() {
        return violations;
    }
}
