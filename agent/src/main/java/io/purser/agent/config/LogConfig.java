package io.purser.agent.config;

/**
 * How the agent logs.
 *
 * @param level {@code trace}, {@code debug}, {@code info}, {@code warn} or {@code error}
 * @param format {@code text} or {@code json}
 */
public record LogConfig(String level, String format) {

    /** Text at info. */
    public static final LogConfig DEFAULT = new LogConfig("info", "text");
}
