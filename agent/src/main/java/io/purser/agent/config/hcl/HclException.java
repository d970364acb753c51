package io.purser.agent.config.hcl;

/** A text that is not HCL; the message has line and column. */
public final class HclException extends Exception {

    private static final long serialVersionUID = 1L;

    HclException(int line, int column, String reason) {
        super("line " + line + ", column " + column + ": " + reason);
    }
}
