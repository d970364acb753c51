package io.purser.local.store;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token: who the caller is, what it may do and until when. */
final class Token {

    private final String id;
    private final String accessor;
    private final Grant grant;
    private Term term;
    private int usesLeft;

    /**
     * What a token is given when it is made.
     *
     * @param policies names, {@code default} among them where it applies
     * @param metadata what the auth method knows of the caller
     * @param path where it was made
     * @param displayName for people
     * @param renewable whether its term can be stretched
     * @param batch whether it is a batch token, which can be neither renewed nor revoked
     * @param uses how many requests it is good for; zero for any number
     * @param parent the token that ends this one when it ends, or null for an orphan
     */
    record Grant(
            Set<String> policies,
            Map<String, String> metadata,
            String path,
            String displayName,
            boolean renewable,
            boolean batch,
            int uses,
            @Nullable Token parent) {}

    Token(String id, String accessor, Grant grant, Term term) {
        this.id = id;
        this.accessor = accessor;
        this.grant = grant;
        this.term = term;
        this.usesLeft = grant.uses();
    }

    String id() {
        return id;
    }

    String accessor() {
        return accessor;
    }

    Set<String> policies() {
        return grant.policies();
    }

    Map<String, String> metadata() {
        return grant.metadata();
    }

    String path() {
        return grant.path();
    }

    String displayName() {
        return grant.displayName();
    }

    boolean renewable() {
        return grant.renewable() && !grant.batch();
    }

    boolean batch() {
        return grant.batch();
    }

    boolean orphan() {
        return grant.parent() == null;
    }

    @Nullable
    Token parent() {
        return grant.parent();
    }

    boolean root() {
        return grant.policies().contains("root");
    }

    int usesLeft() {
        return usesLeft;
    }

    /** Counts one request; true when it was the last one allowed. */
    boolean spend() {
        if (usesLeft == 0) {
            return false;
        }
        usesLeft--;
        return usesLeft == 0;
    }

    Term term() {
        return term;
    }

    void term(Term next) {
        term = next;
    }

    @Override
    public String toString() {
        return "Token[" + grant.path() + "]";
    }
}
