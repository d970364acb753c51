package io.purser.agent.run;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where something unforeseen was thrown. The messages are left out: who knows what they hold. */
final class StackTrace {

    private static final int DEEPEST = 12;

    private StackTrace() {}

    static String withoutMessages(Throwable thrown) {
        return thrown.getClass().getName() + " at "
                + Arrays.stream(thrown.getStackTrace())
                        .limit(DEEPEST)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < "));
    }
}
