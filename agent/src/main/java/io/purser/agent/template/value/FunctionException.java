package io.purser.agent.template.value;

/** A function or method cannot do what it was asked. The message never shows a value, which may be a secret. */
public final class FunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With one sentence that says why. */
    public FunctionException(String reason) {
        super(reason);
    }

    /** The sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
