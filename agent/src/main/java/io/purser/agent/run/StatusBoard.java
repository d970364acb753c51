package io.purser.agent.run;

/** Where the loop puts how the agent stands, for the health server's thread. */
final class StatusBoard {

    private volatile AgentStatus status = AgentStatus.STARTING;

    AgentStatus get() {
        return status;
    }

    void set(AgentStatus latest) {
        status = latest;
    }
}
