package io.purser.agent.run;

import io.purser.agent.lease.StoreException;
import io.purser.agent.template.source.SecretRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an agent that is not complete waits for, in sentences. */
final class Waiting {

    private Waiting() {}

    static List<String> sentences(AgentParts parts) {
        Set<String> sentences = new LinkedHashSet<>();
        StoreException login = parts.exchanges().loginFailure();
        if (parts.leases().state().token() == null && login != null) {
            sentences.add("the login: " + login.getMessage());
        }
        for (String folder : parts.targets().emptyFolders()) {
            sentences.add("a template in " + folder);
        }
        for (FileTarget target : parts.targets().all()) {
            if (!target.written()) {
                sentences.add(sentence(target, parts));
            }
        }
        String token = parts.sink().waiting();
        if (token != null) {
            sentences.add(token);
        }
        return new ArrayList<>(sentences);
    }

    /** Whether what is waited for is something that the store says is not there. */
    static boolean inputAtFault(AgentParts parts) {
        boolean any = false;
        for (FileTarget target : parts.targets().all()) {
            for (SecretRequest request : target.uses()) {
                StoreException failure = parts.exchanges().failure(request);
                boolean ours = failure != null
                        && (failure.kind() == StoreException.Kind.NOT_FOUND
                                || failure.kind() == StoreException.Kind.BAD_REQUEST);
                any |= ours;
                if (failure != null && !ours) {
                    return false;
                }
            }
        }
        return any;
    }

    private static String sentence(FileTarget target, AgentParts parts) {
        StringBuilder reasons = new StringBuilder();
        for (SecretRequest request : target.uses()) {
            StoreException failure = parts.exchanges().failure(request);
            if (failure != null) {
                reasons.append(reasons.isEmpty() ? "" : ", ").append(failure.getMessage());
            }
        }
        String problem = target.problem() == null ? "its turn" : target.problem();
        return "the file " + target.destination() + ": " + (reasons.isEmpty() ? problem : reasons);
    }
}
