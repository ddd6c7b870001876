namespace PublicService.Engine.Access;

/// <summary>Routes of this folder.</summary>
public static class AccessRoutes
{
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        SignIn.Map(routes);
        RefreshSignIn.Map(routes);
        ShowMe.Map(routes);
        ListPeople.Map(routes);
        ShowPerson.Map(routes);
        AddPerson.Map(routes);
        ChangePerson.Map(routes);
        ChangeRoles.Map(routes);
        AddSubstitution.Map(routes);
        ListSubstitutions.Map(routes);
        EndSubstitution.Map(routes);
        AddAbsence.Map(routes);
        ListAbsences.Map(routes);
        EndAbsence.Map(routes);
    }
}
