import LockerDomain
import StationBooks

/// Complaints, and the answers of the survey (满意度).
enum Surveys {
    static func fileComplaint(_ category: Int, in turn: inout Turn) {
        let waybill = Recipients.parcelOfOne(in: turn)
        turn.emit(.serviceComplaintFiled(ComplaintFiled(category: category, waybill: waybill)))
        turn.answer(.complaintFiled, turn.settings.promise.hotline)
    }

    /// One digit by key, or all five at once; those of cards come here with NEXT.
    static func answer(_ digits: String, to survey: Survey, in turn: inout Turn) {
        let scores = digits.utf8.map { Int($0) - 0x30 }
        guard scores.allSatisfy(SurveyQuestion.scores.contains) else {
            turn.questions[Survey.self] = survey
            return turn.reject(.outOfContext, .askSurvey, String(survey.scores.count + 1))
        }
        var survey = survey
        survey.scores = scores.count == 1 ? survey.scores + scores : scores
        if survey.scores.count >= SurveyQuestion.allCases.count {
            let answers = Array(survey.scores.prefix(SurveyQuestion.allCases.count))
            let waybill = Recipients.parcelOfOne(in: turn)
            turn.emit(.serviceSurveyAnswered(SurveyAnswered(scores: answers, waybill: waybill)))
            return turn.answer(.surveyThanks)
        }
        survey.until = turn.now.uptime + Limits.followUpMilliseconds
        turn.questions[Survey.self] = survey
        turn.reject(.awaitsScan, .askSurvey, String(survey.scores.count + 1))
    }
}
