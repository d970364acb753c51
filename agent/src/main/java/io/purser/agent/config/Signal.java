package io.purser.agent.config;

import java.util.Locale;
import java.util.Optional;

/**
 * A signal of Linux.
 *
 * @param name without SIG, for example {@code HUP}; a real-time signal's is its number
 * @param number 1 to 64, as on amd64 and arm64
 */
public record Signal(String name, int number) {

    /** In the order of their numbers, from 1. */
    private static final String[] NAMES = {
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private static final int LAST_REAL_TIME = 64;

    /**
     * Looks a signal up.
     *
     * @param text its name with or without {@code SIG}, in any case, or its number
     */
    public static Optional<Signal> of(String text) {
        String wanted = text.toUpperCase(Locale.ROOT);
        if (wanted.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(wanted);
            return number < 1 || number > LAST_REAL_TIME
                    ? Optional.empty()
                    : Optional.of(
                            new Signal(number <= NAMES.length ? NAMES[number - 1] : Integer.toString(number), number));
        }
        String name = wanted.startsWith("SIG") ? wanted.substring("SIG".length()) : wanted;
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return Optional.of(new Signal(name, i + 1));
            }
        }
        return Optional.empty();
    }
}
