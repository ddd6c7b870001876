namespace PublicService.Engine.Payments;

/// <summary>Routes of this folder.</summary>
public static class PaymentRoutes
{
    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        ReportPayment.Map(routes);
        ListPayments.Map(routes);
        ListRefunds.Map(routes);
    }
}
